using BackupOnline.Engine.Ids;

namespace BackupOnline.Engine.Rewriting;

/// <summary>A tree after rewriting.</summary>
/// <param name="Tree">Its id; the same as before when nothing in it was left out.</param>
/// <param name="Items">Items that are left, at any depth.</param>
/// <param name="Files">Regular files of them.</param>
/// <param name="Bytes">Bytes of these.</param>
public readonly record struct RewrittenTree(BlobId Tree, ulong Items, ulong Files, ulong Bytes);
