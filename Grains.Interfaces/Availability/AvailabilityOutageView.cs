using System.Collections.Immutable;

namespace BackupOnline.Grains.Interfaces.Availability;

/// <summary>Consecutive down minutes of one cause and one kind; the tenant's vaults together, overlaps once.</summary>
[GenerateSerializer, Immutable, Alias("bo.availability.outage")]
public sealed record AvailabilityOutageView
{
    /// <summary>Inclusive.</summary>
    [Id(0)] public required DateTimeOffset Start { get; init; }

    /// <summary>Exclusive.</summary>
    [Id(1)] public required DateTimeOffset End { get; init; }

    [Id(2)] public required int Minutes { get; init; }

    [Id(3)] public required OutageCause Cause { get; init; }

    /// <summary>No probe failed; there was no result.</summary>
    [Id(4)] public required bool Unprobed { get; init; }

    /// <summary>The vaults that failed or have no result; empty when it was only declared.</summary>
    [Id(5)] public required ImmutableArray<string> Vaults { get; init; }

    /// <summary>What the probes said, one word each; empty without failed probes.</summary>
    [Id(6)] public required ImmutableArray<ProbeOutcome> Outcomes { get; init; }
}
