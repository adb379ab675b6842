using BackupOnline.StorageNode.Shaping;

namespace BackupOnline.StorageNode.Metering;

/// <summary>A tenant on this node: what it moved, and how fast it may.</summary>
internal sealed class TenantTraffic(string tenant, TenantPace pace, Demand demand)
{
    private int _connections;

    public string Tenant { get; } = tenant;

    public SlotLedger Slots { get; } = new();

    public TenantPace Pace { get; } = pace;

    public Demand Demand { get; } = demand;

    public int Connections => Volatile.Read(ref _connections);

    public void Enter() => Interlocked.Increment(ref _connections);

    public void Leave() => Interlocked.Decrement(ref _connections);
}
