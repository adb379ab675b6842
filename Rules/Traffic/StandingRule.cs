namespace BackupOnline.Rules.Traffic;

/// <summary>The next month's standing (contract article 7: only the burst of the next month may be lowered).</summary>
public static class StandingRule
{
    /// <summary>
    /// Above limit + tolerance (strictly): conformity. Above the limit (strictly): unchanged, a warning. Else conformity stays while plain bursting would have
    /// needed more than the return part of the credits (strictly), and is free otherwise. Bytes per slot, exact.
    /// </summary>
    /// <param name="samples">n of the month that was measured.</param>
    /// <param name="burstSamplesNeeded">As <see cref="BurstSamplesNeeded"/> gives it.</param>
    public static StandingDecision Next(BurstStanding previous, long p95Bytes, long burstSamplesNeeded, int samples, TrafficPolicy policy)
    {
        if ((Int128)p95Bytes * 100 > (Int128)policy.LimitBytesPerSlot * (100 + policy.TolerancePercent))
            return new(BurstStanding.Conformity, StandingReason.Exceeded);
        if (p95Bytes > policy.LimitBytesPerSlot) return new(previous, StandingReason.Warned);
        return previous == BurstStanding.Conformity
            && (Int128)burstSamplesNeeded * 100 > (Int128)PercentileRule.FreeSamples(samples) * policy.ReturnPercent
                ? new(BurstStanding.Conformity, StandingReason.StillNeeded)
                : new(BurstStanding.Free, StandingReason.Conform);
    }

    /// <summary>Slots that a volume takes at full burst, rounded up to whole slots.</summary>
    /// <param name="volumeBytes">The month's volume in the direction that counts.</param>
    public static long BurstSamplesNeeded(long volumeBytes, TrafficPolicy policy) =>
        (volumeBytes / policy.BurstBytesPerSlot) + (volumeBytes % policy.BurstBytesPerSlot > 0 ? 1 : 0);
}
