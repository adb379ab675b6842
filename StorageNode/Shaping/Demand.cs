namespace BackupOnline.StorageNode.Shaping;

/// <summary>What a tenant's connections here would use without a limit, estimated from one period to the next.</summary>
internal sealed class Demand(TenantPace pace, TimeProvider clock)
{
    // Held for more than a tenth of the period, over all connections: it would go faster if it might.
    private const double HeldPart = 0.1;

    private long _at = clock.GetTimestamp();
    private PaceUse _in;
    private PaceUse _out;

    /// <summary>Bits per second since the last call, the busier direction; 0 when nothing moved.</summary>
    public long Estimate()
    {
        var now = clock.GetTimestamp();
        var period = clock.GetElapsedTime(_at, now);
        var demand = Math.Max(Estimate(pace.In.Use, ref _in, period), Estimate(pace.Out.Use, ref _out, period));
        _at = now;
        return demand;
    }

    private long Estimate(PaceUse use, ref PaceUse before, TimeSpan period)
    {
        var (bytes, held) = (use.Bytes - before.Bytes, use.Held - before.Held);
        before = use;
        if (bytes <= 0 || period <= TimeSpan.Zero)
            return 0;

        // What is held may want anything: twice what it gets doubles the share from one question to the next, until nothing is held any more.
        var used = (long)Math.Min(bytes * 8 / period.TotalSeconds, 1e12);
        return held > period * HeldPart ? 2 * Math.Max(used, pace.BitsPerSecond) : Math.Max(used + (used / 4), 1);
    }
}
