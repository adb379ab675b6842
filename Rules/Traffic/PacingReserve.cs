namespace BackupOnline.Rules.Traffic;

/// <summary>Credits that later days of the month will need.</summary>
internal static class PacingReserve
{
    /// <summary>
    /// For each later day the fewest burst slots that let its backup end within its 24 hours, at <paramref name="percent"/> of the forecast, with the day's part of work
    /// that runs on from today. A window over the month's end counts by its slots in this month, rounded up.
    /// </summary>
    public static int Of(PacingSituation situation, PacingWork work, int percent, PacingPolicy policy)
    {
        var sum = 0;
        for (var day = 0; day < situation.LaterDays.Length; day++)
        {
            var (bytes, from) = situation.LaterDays[day];
            PacingWork.Check(bytes);
            var slots = Math.Clamp(situation.MonthEndSlot - from, 0, PacingPolicy.DaySlots);
            var need = PacingRule.Credits((bytes * percent / 100) + work.PartOfLaterDay(day), PacingPolicy.DaySlots, policy);
            sum += (int)(((Math.Min(need, PacingPolicy.DaySlots) * slots) + PacingPolicy.DaySlots - 1) / PacingPolicy.DaySlots);
        }

        return sum;
    }
}
