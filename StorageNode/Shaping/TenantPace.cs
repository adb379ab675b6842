using BackupOnline.Grains.Interfaces.Traffic;

namespace BackupOnline.StorageNode.Shaping;

/// <summary>How fast a tenant may go on this node (contract article 7): its share of the tenant's rate, each direction by itself. Without news the last share stays.</summary>
internal sealed class TenantPace
{
    /// <summary>Until the first answer: the burst of the contract.</summary>
    public const long FirstBitsPerSecond = 100_000_000;

    /// <summary>No share is smaller: backups are slowed down, never stopped.</summary>
    public const long LeastBitsPerSecond = 256_000;

    private const int LeastPiece = 1 << 10;
    private const int MostPiece = 256 << 10;

    private readonly TimeProvider _clock;
    private PaceShare _share = new(FirstBitsPerSecond, FirstBitsPerSecond, long.MaxValue);

    public TenantPace(TimeProvider clock)
    {
        _clock = clock;
        In = new(this, clock);
        Out = new(this, clock);
    }

    /// <summary>What the node receives.</summary>
    public PaceLane In { get; }

    /// <summary>What the node sends.</summary>
    public PaceLane Out { get; }

    /// <summary>Its places on the node's link.</summary>
    public FairFlow InFlow { get; } = new();

    public FairFlow OutFlow { get; } = new();

    public long BitsPerSecond => BitsPerSecondAt(_clock.GetTimestamp());

    public long BitsPerSecondAt(long now) => Volatile.Read(ref _share).At(now);

    /// <summary>Takes a share over: its present rate now, the next slot's (0: not known) when <paramref name="untilSlotEnd"/> is over.</summary>
    public void Apply(TrafficShare share, TimeSpan untilSlotEnd)
    {
        var now = Math.Max(share.BitsPerSecond, LeastBitsPerSecond);
        var next = share.NextSlotBitsPerSecond > 0 ? Math.Max(share.NextSlotBitsPerSecond, LeastBitsPerSecond) : now;
        var edge = _clock.GetTimestamp() + (long)(untilSlotEnd.TotalSeconds * _clock.TimestampFrequency);
        Volatile.Write(ref _share, new(now, next, edge));
    }

    /// <summary>
    /// Bytes that pass at once: 10 ms of the rate, and few enough that with one piece of every connection in the queue nobody waits longer than <see cref="Gcra.LongestHold"/>;
    /// from 1 KiB to 256 KiB.
    /// </summary>
    public int PieceBytes(int connections)
    {
        var bytes = BitsPerSecond / 8.0;
        return (int)Math.Clamp(Math.Min(bytes * 0.01, bytes * 2.5 / Math.Max(connections, 1)), LeastPiece, MostPiece);
    }
}
