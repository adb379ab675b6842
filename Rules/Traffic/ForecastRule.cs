namespace BackupOnline.Rules.Traffic;

/// <summary>Where a running month is heading, from its slots so far and those before it.</summary>
public static class ForecastRule
{
    /// <summary>Takes what is known up to <paramref name="now"/> (that slot included, though it may still grow) and expects the rest as <see cref="ExpectationRule"/> says.</summary>
    /// <param name="known">Slots with traffic, of this month and as far back as they are at hand.</param>
    /// <param name="knownFrom">First slot that the meter saw at all.</param>
    /// <param name="now">The running slot; at or after the month's end there is no rest.</param>
    public static MonthForecast Look(MeteringMonth month, IReadOnlyDictionary<long, SlotBytes> known, long knownFrom, long now, TrafficPolicy policy)
    {
        PercentileBasis[] series = policy.Basis == PercentileBasis.HigherOfInOut ? [PercentileBasis.In, PercentileBasis.Out] : [policy.Basis];
        var elapsed = (int)(Math.Clamp(now, month.FirstSlot, month.EndSlot) - month.FirstSlot);
        var best = default(MonthForecast);
        foreach (var one in series)
        {
            var values = known.ToDictionary(slot => slot.Key, slot => slot.Value.Of(one));
            var past = values.Where(slot => month.Holds(slot.Key)).Select(slot => (slot.Value, 1L)).ToList();
            var future = ExpectationRule.Future(values, knownFrom, Math.Max(now + 1, month.FirstSlot), month.EndSlot).ToList();
            var outlook = OutlookRule.Look(month.Samples, elapsed, past, future, policy.LimitBytesPerSlot);
            best = new(
                Math.Max(best.P95Bytes, outlook.ForecastBytes),
                Math.Max(best.NaiveBytes, outlook.NaiveMonthToDateBytes),
                Math.Max(best.VolumeBytes, past.Concat(future).Sum(run => run.Item1 * run.Item2)));
        }

        return best;
    }
}
