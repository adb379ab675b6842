namespace BackupOnline.Rules.Traffic;

/// <summary>The volumes that follow from the limit (contract article 7), in bytes of one direction.</summary>
public static class VolumeRule
{
    /// <summary>What the free samples carry at full burst: 1.62 TB in a month of 30 days.</summary>
    /// <param name="samples">n of the month.</param>
    public static long FreeBurstBytes(int samples, TrafficPolicy policy) => PercentileRule.FreeSamples(samples) * policy.BurstBytesPerSlot;

    /// <summary>The most that stays within the limit: the free samples at full burst, all others at the limit (inclusive). 3.159 TB in a month of 30 days.</summary>
    /// <param name="samples">n of the month.</param>
    public static long MostBytesWithinLimit(int samples, TrafficPolicy policy) =>
        FreeBurstBytes(samples, policy) + ((samples - PercentileRule.FreeSamples(samples)) * policy.LimitBytesPerSlot);
}
