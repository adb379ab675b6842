namespace BackupOnline.Grains.Interfaces.Vaults;

/// <summary>The storage node tells what a prune did. Removed packs stay hidden for the immutability window (decision 17).</summary>
[GenerateSerializer, Immutable, Alias("bo.vault.report-pruned")]
public sealed record ReportPruned
{
    [Id(0)] public required string Node { get; init; }

    [Id(1)] public required long RemovedPacks { get; init; }

    [Id(2)] public required long RemovedBytes { get; init; }

    [Id(3)] public required long RepackedPacks { get; init; }

    /// <summary>Snapshots that the repository holds now.</summary>
    [Id(4)] public required int Snapshots { get; init; }
}
