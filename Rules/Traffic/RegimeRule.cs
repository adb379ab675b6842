namespace BackupOnline.Rules.Traffic;

/// <summary>The burst of a month as the one before gives it (contract article 7).</summary>
public static class RegimeRule
{
    /// <summary>A tenant without a month before: free, at the policy's burst.</summary>
    public static BurstRegime First(TrafficPolicy policy) => new() { Standing = BurstStanding.Free, BurstKbps = policy.BurstKbps };

    /// <summary>
    /// The standing follows from the policy of the month that was measured, burst and ceiling from the policy of the next one. Under
    /// <see cref="BurstPolicyKind.LiteralLadder"/> the percentile is rounded up to whole kbit/s and the standing is always free.
    /// </summary>
    /// <param name="present">How the tenant might burst in the month that was measured.</param>
    /// <param name="samples">n of that month.</param>
    /// <param name="nextSamples">n of the next one.</param>
    public static BurstRegime Next(BurstRegime present, long p95Bytes, long volumeBytes, int samples, int nextSamples, TrafficPolicy policy, TrafficPolicy nextPolicy)
    {
        if (nextPolicy.Kind == BurstPolicyKind.LiteralLadder)
        {
            var step = LiteralLadderRule.Next(present.BurstKbps, (p95Bytes / 37_500) + (p95Bytes % 37_500 > 0 ? 1 : 0), nextPolicy.LadderFloorKbps, nextPolicy);
            return new() { Standing = BurstStanding.Free, BurstKbps = step.NextBurstKbps, Reason = ReasonOf(step.Action) };
        }

        var decision = StandingRule.Next(present.Standing, p95Bytes, StandingRule.BurstSamplesNeeded(volumeBytes, policy), samples, policy);
        return Of(decision.Next, nextPolicy.BurstKbps, volumeBytes, nextSamples, nextPolicy) with { Reason = decision.Reason };
    }

    /// <summary>A regime whose standing and burst are known already, with its ceiling.</summary>
    /// <param name="volumeBytes">Volume of the month before.</param>
    /// <param name="samples">n of the regime's own month.</param>
    public static BurstRegime Of(BurstStanding standing, long burstKbps, long volumeBytes, int samples, TrafficPolicy policy) => new()
    {
        Standing = standing,
        BurstKbps = burstKbps,
        Quiet = standing == BurstStanding.Conformity ? QuietCeilingRule.Of(samples, volumeBytes, policy) : null,
    };

    private static StandingReason ReasonOf(LadderAction action) => action switch
    {
        LadderAction.Lowered or LadderAction.AtFloor => StandingReason.Exceeded,
        LadderAction.Warned => StandingReason.Warned,
        _ => StandingReason.Conform,
    };
}
