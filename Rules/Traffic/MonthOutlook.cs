namespace BackupOnline.Rules.Traffic;

/// <summary>Where a running month stands. Bytes per slot; credits are slots.</summary>
public sealed record MonthOutlook
{
    public required int Samples { get; init; }

    public required int Elapsed { get; init; }

    /// <summary>Slots above the limit so far, strictly: each has cost a credit.</summary>
    public required long UsedBurstSamples { get; init; }

    /// <summary>Credits left: floor(n/20) less the used ones. Negative once the month is lost.</summary>
    public required long RemainingBurstSamples { get; init; }

    /// <summary>The percentile with the future counted as 0: it cannot fall any more. What a customer is shown.</summary>
    public required long LowerBoundBytes { get; init; }

    /// <summary>The percentile of the elapsed part alone. Misleading: it alarms while nothing is lost. Only for comparison with other tools.</summary>
    public required long NaiveMonthToDateBytes { get; init; }

    /// <summary>The percentile with the future that is expected.</summary>
    public required long ForecastBytes { get; init; }
}
