using BackupOnline.Engine.Ids;

namespace BackupOnline.Engine.Snapshots;

/// <summary>What changes in a snapshot; null stays as it is.</summary>
public sealed record SnapshotEdit
{
    /// <summary>All tags that it has then; an empty list: none.</summary>
    public IReadOnlyList<string>? Tags { get; init; }

    /// <summary>The root tree.</summary>
    public BlobId? Tree { get; init; }
}
