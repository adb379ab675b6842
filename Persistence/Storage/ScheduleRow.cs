using BackupOnline.Grains.Interfaces.Schedules;

namespace BackupOnline.Persistence.Storage;

/// <summary>A schedule as its owner writes it, with the state that wants it (design decision 23). Each write raises the generation, and what is in flight for the one before moves nothing.</summary>
public sealed record ScheduleRow
{
    /// <summary>Unique over all: <c>traffic-seal/acme</c>.</summary>
    public required string Id { get; init; }

    /// <summary>The grain that is woken; it must be an <see cref="IScheduledGrain"/>.</summary>
    public required GrainId Target { get; init; }

    /// <summary>What is to be done, in the target's own words: <c>traffic.seal</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>The tenant that it belongs to, or <c>provider</c>.</summary>
    public required string Scope { get; init; }

    public TimingSpec Timing { get; init; } = TimingSpec.Once;

    /// <summary>The first due instant; in the past it is due at once. Null takes the schedule away.</summary>
    public required DateTimeOffset? NextDue { get; init; }
}
