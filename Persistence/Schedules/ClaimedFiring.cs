using BackupOnline.Grains.Interfaces.Schedules;

namespace BackupOnline.Persistence.Schedules;

/// <summary>A due row that was claimed: its firing is this claimer's until the lease ends.</summary>
public sealed record ClaimedFiring
{
    public required string Schedule { get; init; }

    /// <summary>Full text of the grain's id.</summary>
    public required string Target { get; init; }

    public required string Kind { get; init; }

    public required TimingSpec Timing { get; init; }

    /// <summary>The owner's generation at the claim.</summary>
    public required long Generation { get; init; }

    public required DateTimeOffset DueAt { get; init; }

    /// <summary>1 for the first delivery of this due instant.</summary>
    public required int Attempt { get; init; }

    public required Guid Lease { get; init; }

    public required DateTimeOffset LeaseUntil { get; init; }
}
