using BackupOnline.Engine.Ids;

namespace BackupOnline.Engine.Snapshots;

/// <summary>What changes in a snapshot; null stays as it is.</summary>
public sealed record SnapshotEdit
{
    /// <summary>All tags that it has then; an empty list: none.</summary>
    public IReadOnlyList<string>? Tags { get; init; }

    /// <summary>The root tree.</summary>
    public BlobId? Tree { get; init; }

    public string? Hostname { get; init; }

    public DateTimeOffset? Time { get; init; }

    /// <summary>Regular files and their bytes in the tree, for a snapshot whose summary says them.</summary>
    public (ulong Files, ulong Bytes)? Totals { get; init; }

    /// <summary>The parent is of another repository.</summary>
    public bool WithoutParent { get; init; }

    /// <summary>The copy names the snapshot that it was made from, not the first one of the line: another tree on purpose, as restic's rewrite has it.</summary>
    public bool IsRewrite { get; init; }
}
