using System.Collections.Immutable;
using NodaTime;

namespace BackupOnline.Rules.Availability;

/// <summary>Consecutive down minutes of one kind and cause, half-open.</summary>
public sealed record MinuteOutage
{
    public required Instant Start { get; init; }

    public required Instant End { get; init; }

    public required MinuteKind Kind { get; init; }

    public required OutageCause Cause { get; init; }

    /// <summary>Vaults with a failed run in it (of a failed outage), or with a minute without a result (of an unprobed one); by name.</summary>
    public required ImmutableArray<string> Vaults { get; init; }

    /// <summary>Outcomes of the failed runs in it, each once, in order.</summary>
    public required ImmutableArray<string> Outcomes { get; init; }

    public Interval Span => new(Start, End);
}
