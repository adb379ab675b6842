using BackupOnline.Engine.Ids;
using BackupOnline.Engine.Trees;

namespace BackupOnline.Engine.Mounting;

/// <summary>A file, a folder or another entry of a mounted repository.</summary>
public sealed class MountedItem
{
    internal MountedItem(ulong number, ulong scope, TreeNode node, string? place, BlobId? tree = null) => (Number, Scope, Node, Place, Tree) = (number, scope, node, place, tree);

    /// <summary>Its inode number: the same whenever it is looked up, and for every name of a hard link. Never 0 or 1.</summary>
    public ulong Number { get; }

    /// <summary>Type, rights, times, size, target; of a file with many parts without their list. Folders that only the mount has are made up.</summary>
    public TreeNode Node { get; }

    /// <summary>The number of the snapshot's root that it is below; 0 above all snapshots.</summary>
    internal ulong Scope { get; }

    /// <summary>Path of a folder that only the mount has; null for what is in a snapshot.</summary>
    internal string? Place { get; }

    /// <summary>The tree that holds the node whole, when its list of parts was left out here: who browses keeps many items, and opens few.</summary>
    internal BlobId? Tree { get; }
}
