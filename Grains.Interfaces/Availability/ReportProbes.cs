using System.Collections.Immutable;

namespace BackupOnline.Grains.Interfaces.Availability;

/// <summary>A prober tells what it saw of one tenant's vaults. Idempotent: the same results again change nothing.</summary>
[GenerateSerializer, Immutable, Alias("bo.availability.report")]
public sealed record ReportProbes
{
    /// <summary>Who probed, by the name rule.</summary>
    [Id(0)] public required string Prober { get; init; }

    /// <summary>1 to 2000, in any order.</summary>
    [Id(1)] public required ImmutableArray<ProbeResult> Results { get; init; }
}
