using BackupOnline.Rules.Retention;

namespace BackupOnline.Agent.Lines;

/// <summary>What is left of the counted rules; absent when nothing is, as restic writes it.</summary>
internal sealed record KeepCountersPart
{
    public int? Last { get; init; }

    public int? Hourly { get; init; }

    public int? Daily { get; init; }

    public int? Weekly { get; init; }

    public int? Monthly { get; init; }

    public int? Yearly { get; init; }

    public static KeepCountersPart Of(KeepCounters left) => new()
    {
        Last = Some(left.Last),
        Hourly = Some(left.Hourly),
        Daily = Some(left.Daily),
        Weekly = Some(left.Weekly),
        Monthly = Some(left.Monthly),
        Yearly = Some(left.Yearly),
    };

    private static int? Some(int count) => count == 0 ? null : count;
}
