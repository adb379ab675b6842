namespace BackupOnline.Client.Traffic;

/// <summary>What a vault holds.</summary>
internal sealed record VaultUsage
{
    public required string Name { get; init; }

    public required long StoredBytes { get; init; }

    public required long StoredObjects { get; init; }

    /// <summary>The vault's own quota, or null.</summary>
    public required long? QuotaBytes { get; init; }

    /// <summary>When the node counted; null before the first count.</summary>
    public required DateTimeOffset? UsageAt { get; init; }

    public required DateTimeOffset? LastSnapshotAt { get; init; }
}
