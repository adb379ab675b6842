using BackupOnline.StorageNode.Metering;

namespace BackupOnline.StorageNode.Shaping;

/// <summary>One connection of a tenant in the tenant's lanes.</summary>
internal sealed class ConnectionPace
{
    private readonly TenantTraffic _traffic;
    private readonly NodeLink _link;
    private readonly Lane _in;
    private readonly Lane _out;

    public ConnectionPace(TenantTraffic traffic, NodeLink link, TimeProvider clock)
    {
        (_traffic, _link) = (traffic, link);
        _in = new(traffic.Pace.In, link.In, traffic.Pace.InFlow, clock);
        _out = new(traffic.Pace.Out, link.Out, traffic.Pace.OutFlow, clock);
        link.Enter();
    }

    /// <summary>Weight on a full link, of the request under way: see <see cref="WorkWeight"/>.</summary>
    public double Weight { get; private set; } = WorkWeight.Daily;

    /// <summary>Most bytes that should pass at once.</summary>
    public int PieceBytes => Math.Min(_traffic.Pace.PieceBytes(_traffic.Connections), _link.MostPiece);

    public void Weigh(bool isRestore, string? work) => Weight = WorkWeight.Of(isRestore, work);

    public bool TryPassIn(int bytes) => _in.TryPass(bytes);

    public ValueTask PassInAsync(int bytes) => _in.PassAsync(bytes, Weight);

    public ValueTask PassOutAsync(int bytes) => _out.PassAsync(bytes, Weight);

    public void ChargeEarly(long inBytes, long outBytes)
    {
        _in.Charge((int)Math.Min(inBytes, int.MaxValue));
        _out.Charge((int)Math.Min(outBytes, int.MaxValue));
    }

    public void Leave() => _link.Leave();
}
