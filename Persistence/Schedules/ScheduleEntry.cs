using BackupOnline.Grains.Interfaces.Schedules;

namespace BackupOnline.Persistence.Schedules;

/// <summary>A schedule as its row stands now, for people who look after the service.</summary>
public sealed record ScheduleEntry
{
    public required string Id { get; init; }

    public required string Kind { get; init; }

    /// <summary>The tenant, or <c>provider</c> for what is the provider's own.</summary>
    public required string Scope { get; init; }

    /// <summary>Full text of the grain's id that is fired.</summary>
    public required string Target { get; init; }

    public required TimingSpec Timing { get; init; }

    public required DateTimeOffset NextDue { get; init; }

    /// <summary>When it may be fired: <see cref="NextDue"/>, or the end of a back-off or of a lease.</summary>
    public required DateTimeOffset ReadyAt { get; init; }

    /// <summary>Until when a firing is under way; null when none is.</summary>
    public DateTimeOffset? LeaseUntil { get; init; }

    /// <summary>The due instant that was fired last.</summary>
    public DateTimeOffset? LastDue { get; init; }

    public DateTimeOffset? LastStartedAt { get; init; }

    public DateTimeOffset? LastEndedAt { get; init; }

    /// <summary><c>done</c>, <c>failed</c> or <c>unanswered</c>; null before the first firing.</summary>
    public string? LastOutcome { get; init; }

    public string? LastWhy { get; init; }

    public required int FailuresInARow { get; init; }

    /// <summary>Late or failed firings since the schedule was made.</summary>
    public required long Troubles { get; init; }
}
