namespace BackupOnline.StorageNode.Objects;

/// <summary>What the shelf knows of an object beside its bytes. Snapshots, locks, keys and config have one, and every object that was revived.</summary>
internal sealed record Note
{
    /// <summary>By the shelf's clock.</summary>
    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>The credential that sent it: a lock's owner.</summary>
    public string? KeyId { get; init; }

    /// <summary>1 for the first upload, one more each time that a hidden object is revived. A tombstone speaks only of its own generation and earlier ones.</summary>
    public long Generation { get; init; } = 1;
}
