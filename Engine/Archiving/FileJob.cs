using BackupOnline.Engine.Trees;

namespace BackupOnline.Engine.Archiving;

/// <summary>A file to read.</summary>
/// <param name="Source">Where it lies.</param>
/// <param name="Folder">The folder of the snapshot that it goes to.</param>
/// <param name="Slot">Its place there.</param>
/// <param name="Previous">The same file in the parent snapshot.</param>
internal sealed record FileJob(SourceEntry Source, FolderInProgress Folder, int Slot, TreeNode? Previous);
