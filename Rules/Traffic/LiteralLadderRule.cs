namespace BackupOnline.Rules.Traffic;

/// <summary>Contract article 7 taken literally: the burst itself is lowered after a month above the limit. Off by default, for it makes the percentile worse.</summary>
public static class LiteralLadderRule
{
    /// <summary>
    /// Above limit + tolerance (strictly): burst x max(1/2, limit/p95), rounded down to 100 kbit/s, not below the floor and never above the present burst.
    /// Above the limit (strictly): unchanged. Else doubled, up to the policy's burst. All in kbit/s.
    /// </summary>
    /// <param name="floorKbps">The tenant's floor: its daily backup must fit.</param>
    public static LadderStep Next(long burstKbps, long p95Kbps, long floorKbps, TrafficPolicy policy)
    {
        long limit = policy.LimitKbps;
        if ((Int128)p95Kbps * 100 > (Int128)limit * (100 + policy.TolerancePercent))
        {
            var cut = p95Kbps >= 2 * limit ? burstKbps / 200 * 100 : (long)((Int128)burstKbps * limit / ((Int128)p95Kbps * 100)) * 100;
            var lowered = Math.Min(burstKbps, Math.Max(floorKbps, cut));
            return new(lowered, lowered == burstKbps ? LadderAction.AtFloor : LadderAction.Lowered);
        }

        if (p95Kbps > limit) return new(burstKbps, LadderAction.Warned);
        var raised = Math.Min(policy.BurstKbps, 2 * burstKbps);
        return new(raised, raised == burstKbps ? LadderAction.Full : LadderAction.Raised);
    }
}
