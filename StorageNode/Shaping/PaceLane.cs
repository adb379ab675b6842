namespace BackupOnline.StorageNode.Shaping;

/// <summary>One direction of a tenant's traffic on this node, all its connections together.</summary>
internal sealed class PaceLane(TenantPace pace, TimeProvider clock)
{
    private readonly Gcra _gate = new(clock.TimestampFrequency);
    private long _bytes;
    private long _held;

    public PaceUse Use => new(Volatile.Read(ref _bytes), clock.GetElapsedTime(0, Volatile.Read(ref _held)));

    /// <summary>Pays for bytes; gives how long they have to wait.</summary>
    public TimeSpan Take(int bytes)
    {
        var now = clock.GetTimestamp();
        Interlocked.Add(ref _bytes, bytes);
        var wait = _gate.Take(bytes, pace.BitsPerSecondAt(now), now);
        if (wait <= 0)
            return TimeSpan.Zero;

        Interlocked.Add(ref _held, wait);
        return clock.GetElapsedTime(0, wait);
    }

    /// <summary>True when bytes would pass without a wait.</summary>
    public bool IsFree => _gate.Wait(clock.GetTimestamp()) <= 0;
}
