using System.Collections.Immutable;

namespace BackupOnline.Grains.Interfaces.Vaults;

/// <summary>The storage node tells that a hot vault's repository stands, and gives what it sealed.</summary>
[GenerateSerializer, Immutable, Alias("bo.vault.report-key-work")]
public sealed record ReportKeyWork
{
    [Id(0)] public required string Node { get; init; }

    [Id(1)] public required ImmutableArray<SealMade> Seals { get; init; }
}
