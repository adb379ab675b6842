namespace BackupOnline.Rules.Traffic;

/// <summary>The ceiling outside burst credits in conformity mode: low enough to conform, never so low that the daily backup would not fit (article 7: never blocked).</summary>
public static class QuietCeilingRule
{
    /// <summary>
    /// F = floor(n/20), R = F x reserve rounded up, C = F - R. The water level is what the volume beyond C burst slots gives each of the n - C other slots,
    /// rounded up to a byte. The ceiling is the limit when the level is not above it, else the level with the margin, rounded up to 10 kbit/s (last).
    /// </summary>
    /// <param name="samples">n of the month that the ceiling is for.</param>
    /// <param name="volumeBytes">Last month's volume in the direction that counts.</param>
    public static QuietCeiling Of(int samples, long volumeBytes, TrafficPolicy policy)
    {
        var free = PercentileRule.FreeSamples(samples);
        var reserve = ((free * policy.ReservePercent) + 99) / 100;
        var burst = free - reserve;
        var beyond = Math.Max(0, volumeBytes - (burst * policy.BurstBytesPerSlot));
        var level = samples == 0 ? 0 : DivideUp(beyond, samples - burst);
        var within = level <= policy.LimitBytesPerSlot;
        return new()
        {
            FreeSamples = free,
            ReserveSamples = reserve,
            BurstSamples = burst,
            LevelBytes = level,
            LevelKbps = DivideUp(level, 37_500),
            CeilingKbps = within ? policy.LimitKbps : DivideUp(level * (100 + policy.MarginPercent), 37_500L * 100 * 10) * 10,
            ConformReachable = within,
        };
    }

    private static long DivideUp(long dividend, long divisor) => (dividend / divisor) + (dividend % divisor > 0 ? 1 : 0);
}
