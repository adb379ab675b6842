using BackupOnline.Engine.Files;

namespace BackupOnline.Engine.Trees;

/// <summary>An item of a snapshot. <paramref name="Path"/> is its path in the snapshot, from <c>/</c>, in the exact bytes of the names.</summary>
public sealed record TreeItem(RawPath Path, TreeNode Node);
