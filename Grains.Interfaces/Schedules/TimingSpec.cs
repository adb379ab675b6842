using System.Collections.Immutable;

namespace BackupOnline.Grains.Interfaces.Schedules;

/// <summary>When a schedule is due, as it is stored and shown. Made by the named factories; exactly one of a wall time and a period is set, or neither for a single run.</summary>
[GenerateSerializer, Immutable, Alias("bo.schedule.timing")]
public sealed record TimingSpec
{
    /// <summary>Nothing follows by itself: each run's target or owner names the next one.</summary>
    public static TimingSpec Once { get; } = new();

    /// <summary>Local wall time, <c>HH:mm</c> or <c>HH:mm:ss</c>.</summary>
    [Id(0)] public string? Time { get; init; }

    /// <summary>IANA name of the zone of <see cref="Time"/>: <c>Europe/Paris</c>.</summary>
    [Id(1)] public string? Zone { get; init; }

    /// <summary>ISO weekdays, 1 is Monday; empty is every day.</summary>
    [Id(2)] public ImmutableArray<int> Weekdays { get; init; } = [];

    /// <summary>The start may lie up to this long after <see cref="Time"/>, at a place that the schedule's id gives.</summary>
    [Id(3)] public TimeSpan Window { get; init; }

    /// <summary>Elapsed time between two runs.</summary>
    [Id(4)] public TimeSpan? Period { get; init; }

    /// <summary>An instant that is due, or null for one that the schedule's id gives.</summary>
    [Id(5)] public DateTimeOffset? Anchor { get; init; }

    /// <summary>Once on each civil day of the zone, or on the ISO weekdays given.</summary>
    public static TimingSpec Daily(string time, string zone, ImmutableArray<int> weekdays = default, TimeSpan window = default) =>
        new() { Time = time, Zone = zone, Weekdays = weekdays.IsDefault ? [] : weekdays, Window = window };

    /// <summary>Again and again after the same elapsed time.</summary>
    public static TimingSpec Every(TimeSpan period, DateTimeOffset? anchor = null) => new() { Period = period, Anchor = anchor };
}
