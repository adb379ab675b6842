using BackupOnline.Engine.Ids;
using BackupOnline.Engine.Trees;

namespace BackupOnline.Engine.Finding;

/// <summary>An item on the way, and the tree that it stands in.</summary>
internal readonly record struct SearchItem(TreeItem Item, BlobId Tree);
