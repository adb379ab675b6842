namespace BackupOnline.Rules.Traffic;

/// <summary>Plans of a month that cannot conform: as even a level as the deadlines allow, because the percentile is then that level and not the burst.</summary>
internal static class PacingRaised
{
    /// <summary>
    /// Burst slots only within what the percentile leaves out, shared over the days that are left; the rest evenly up to the deadlines, rounded up to whole bytes, never
    /// under the quiet level and never above the burst. In a month that is exceeded already the level may be what the percentile is anyway.
    /// </summary>
    public static PacingPlan Plan(PacingSituation situation, PacingWork work, PacingReason reason, int needed, int reserved, PacingPolicy policy)
    {
        var leftOut = Math.Max(0, situation.FreeSlots - situation.HighSlots);
        var bursts = leftOut / (1 + situation.LaterDays.Length);
        if (reason == PacingReason.TodayOutOfReach) bursts = Math.Max(bursts, situation.CreditsLeft);
        bursts = Math.Min(bursts, work.FullBurstSlots(policy));

        var level = Math.Max(policy.QuietBytes, work.EvenLevel(bursts, policy));
        if (reason == PacingReason.MonthExceeded) level = Math.Max(level, situation.LowerBoundBytes);
        level = Math.Min(level, policy.BurstBytes);
        return work.Fill(bursts, work.FirstSlot, bursts, level > policy.CapBytes ? PacingKind.Raised : PacingKind.Quiet, level, policy) with
        {
            Reason = reason,
            NeededCredits = needed,
            ReservedCredits = reserved,
        };
    }
}
