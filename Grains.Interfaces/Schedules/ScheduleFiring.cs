namespace BackupOnline.Grains.Interfaces.Schedules;

/// <summary>One delivery of one due instant.</summary>
[GenerateSerializer, Immutable, Alias("bo.schedule.firing")]
public sealed record ScheduleFiring
{
    /// <summary>The schedule's id, unique over all: <c>traffic-seal/acme</c>.</summary>
    [Id(0)] public required string Schedule { get; init; }

    /// <summary>What is to be done, in the target's own words: <c>traffic.seal</c>.</summary>
    [Id(1)] public required string Kind { get; init; }

    /// <summary>The instant that was due. In the past when it is caught up.</summary>
    [Id(2)] public required DateTimeOffset DueAt { get; init; }

    /// <summary>1 for the first delivery of this due instant.</summary>
    [Id(3)] public required int Attempt { get; init; }
}
