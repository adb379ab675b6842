namespace BackupOnline.StorageNode.Pruning;

/// <summary>What a prune of a vault did. Removed packs are hidden, not gone (decision 17).</summary>
internal sealed record PruneReport
{
    /// <summary>Snapshots that stay.</summary>
    public required int Snapshots { get; init; }

    public required long RemovedPacks { get; init; }

    public required long RemovedBytes { get; init; }

    public required long RepackedPacks { get; init; }
}
