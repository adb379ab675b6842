namespace BackupOnline.Rules.Traffic;

/// <summary>What can be said of a month before it ends.</summary>
public static class OutlookRule
{
    /// <summary>Counts runs of equal slots of the series that counts, in bytes per slot; slots in no run are 0.</summary>
    /// <param name="samples">n of the whole month.</param>
    /// <param name="elapsed">Slots that have ended.</param>
    /// <param name="past">Slots so far.</param>
    /// <param name="future">Slots that are expected until the end.</param>
    /// <param name="limitBytesPerSlot">A slot strictly above it costs a credit.</param>
    public static MonthOutlook Look(
        int samples, int elapsed, IReadOnlyCollection<(long Bytes, long Count)> past, IReadOnlyCollection<(long Bytes, long Count)> future, long limitBytesPerSlot)
    {
        var used = past.Where(run => run.Bytes > limitBytesPerSlot).Sum(run => run.Count);
        return new()
        {
            Samples = samples,
            Elapsed = elapsed,
            UsedBurstSamples = used,
            RemainingBurstSamples = PercentileRule.FreeSamples(samples) - used,
            LowerBoundBytes = PercentileRule.OfRuns(past, samples),
            NaiveMonthToDateBytes = PercentileRule.OfRuns(past, elapsed),
            ForecastBytes = PercentileRule.OfRuns(past.Concat(future), samples),
        };
    }
}
