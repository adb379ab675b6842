using System.Collections.Immutable;
using NodaTime;

namespace BackupOnline.Rules.Retention;

/// <summary>What stays, what may go, and how well the last days are covered. A plan deletes nothing.</summary>
public sealed record SlidingPlan
{
    /// <summary>The civil date of now.</summary>
    public required LocalDate Today { get; init; }

    /// <summary>The day that the window is counted back from: today, or earlier while it is frozen.</summary>
    public required LocalDate Anchor { get; init; }

    /// <summary>True when the window stands still.</summary>
    public bool IsFrozen => Anchor < Today;

    /// <summary>In the order of the input.</summary>
    public required ImmutableArray<KeptPoint> Keep { get; init; }

    /// <summary>In the order of the input: no reason holds for these.</summary>
    public required ImmutableArray<RecoveryPoint> Remove { get; init; }

    /// <summary>The complete civil days before today, as many as the policy's, on which no good point lies; ascending.</summary>
    public required ImmutableArray<LocalDate> MissingDays { get; init; }

    /// <summary>How many of those days have a good point.</summary>
    public required int GoodDaysCovered { get; init; }
}
