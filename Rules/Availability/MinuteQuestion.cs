using System.Collections.Immutable;
using NodaTime;

namespace BackupOnline.Rules.Availability;

/// <summary>Everything that a tenant's minutes are judged by.</summary>
public sealed record MinuteQuestion
{
    /// <summary>First minute judged, inclusive: a whole UTC minute.</summary>
    public required Instant Start { get; init; }

    /// <summary>Exclusive: a whole UTC minute, not before the start.</summary>
    public required Instant End { get; init; }

    public required ImmutableArray<MinuteVault> Vaults { get; init; }

    /// <summary>In any order; they may overlap and reach beyond the question. Those of vaults that are not in the list count for nothing.</summary>
    public required ImmutableArray<MinuteRun> Runs { get; init; }

    /// <summary>Times of suspension, half-open; an open end lasts on.</summary>
    public required ImmutableArray<Interval> Suspensions { get; init; }

    /// <summary>In the order in which they were made: a later one wins.</summary>
    public required ImmutableArray<MinuteCorrection> Corrections { get; init; }
}
