using NodaTime;

namespace BackupOnline.Rules.Placement;

/// <summary>A storage node as the placement rule sees it.</summary>
public sealed record NodeCandidate
{
    public required string Name { get; init; }

    public required Instant LastSeenAt { get; init; }

    public required long CapacityBytes { get; init; }

    public required long FreeBytes { get; init; }

    /// <summary>Identity of the machine, compared without regard to case.</summary>
    public required string Hardware { get; init; }

    /// <summary>Identity of the place, compared without regard to case.</summary>
    public required string Site { get; init; }
}
