using System.Collections.Immutable;

namespace BackupOnline.Grains.Interfaces.Vaults;

/// <summary>The storage node tells which ordered snapshots are forgotten; those that were not there any more too. Repetitions change nothing.</summary>
[GenerateSerializer, Immutable, Alias("bo.vault.report-forgotten")]
public sealed record ReportForgotten
{
    [Id(0)] public required string Node { get; init; }

    [Id(1)] public required ImmutableArray<string> Snapshots { get; init; }
}
