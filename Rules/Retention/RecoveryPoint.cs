using NodaTime;

namespace BackupOnline.Rules.Retention;

/// <summary>One recovery point as retention sees it.</summary>
public sealed record RecoveryPoint
{
    public required string Id { get; init; }

    /// <summary>The consistency instant: the moment whose data it holds, not the one at which the transfer ended.</summary>
    public required Instant At { get; init; }

    public required PointState State { get; init; }

    /// <summary>Kept until the hold is lifted, whatever its age.</summary>
    public bool OnLegalHold { get; init; }

    /// <summary>Immutable before this instant, exclusive; null when it is not locked.</summary>
    public Instant? LockUntil { get; init; }
}
