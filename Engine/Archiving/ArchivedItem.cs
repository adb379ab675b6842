using BackupOnline.Engine.Files;
using BackupOnline.Engine.Trees;

namespace BackupOnline.Engine.Archiving;

/// <summary>An item of a backup that is done.</summary>
/// <param name="Path">The path in the snapshot.</param>
/// <param name="Node">Its metadata.</param>
/// <param name="Change">Compared with the parent snapshot.</param>
/// <param name="AddedBytes">Plain bytes of the blobs that it added.</param>
public sealed record ArchivedItem(RawPath Path, TreeNode Node, ItemChange Change, long AddedBytes);
