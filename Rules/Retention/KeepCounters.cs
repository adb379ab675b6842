namespace BackupOnline.Rules.Retention;

/// <summary>How many snapshots each counted rule may still keep; -1 for one without a bound.</summary>
public sealed record KeepCounters
{
    public int Last { get; init; }

    public int Hourly { get; init; }

    public int Daily { get; init; }

    public int Weekly { get; init; }

    public int Monthly { get; init; }

    public int Yearly { get; init; }
}
