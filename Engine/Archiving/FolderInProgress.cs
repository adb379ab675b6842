using BackupOnline.Engine.Files;
using BackupOnline.Engine.Ids;
using BackupOnline.Engine.Trees;

namespace BackupOnline.Engine.Archiving;

/// <summary>
/// A folder whose entries are not all done. Whoever finishes the last of them writes the folder's tree, so that nobody waits for a folder
/// and only folders on the way are in memory.
/// </summary>
internal sealed class FolderInProgress(FolderInProgress? parent, int slot, RawPath snapshotPath, RawPath absolutePath, FolderHandle? handle, TreeNode? node, TreeNode? previous)
{
    private readonly Lock _lock = new();
    private readonly List<TreeNode?> _entries = [];

    /// <summary>One for the walker, until it has seen all entries.</summary>
    private int _pending = 1;

    /// <summary>Entries that are the parent snapshot's nodes themselves.</summary>
    private int _unchanged;

    private (BlobId Tree, int Nodes)? _before;

    /// <summary>Null for the root.</summary>
    public FolderInProgress? Parent => parent;

    /// <summary>The place among the parent's entries.</summary>
    public int Slot => slot;

    public RawPath SnapshotPath => snapshotPath;

    public RawPath AbsolutePath => absolutePath;

    /// <summary>Null for a folder that only leads to targets.</summary>
    public FolderHandle? Handle => handle;

    /// <summary>The folder's own metadata; null for the root.</summary>
    public TreeNode? Node => node;

    /// <summary>The same folder in the parent snapshot.</summary>
    public TreeNode? Previous => previous;

    /// <summary>The entries that came to be stored, in order.</summary>
    public IEnumerable<TreeNode> Entries => _entries.OfType<TreeNode>();

    /// <summary>The parent snapshot's tree when this folder has exactly its nodes: it need not be written again. Known when nothing is pending.</summary>
    public BlobId? UnchangedTree => _before is { } before && before.Nodes == _entries.Count && _unchanged == _entries.Count ? before.Tree : null;

    /// <summary>Takes a place for the next entry, in byte order of the names.</summary>
    public int Reserve()
    {
        lock (_lock)
        {
            _entries.Add(null);
            _pending++;
            return _entries.Count - 1;
        }
    }

    /// <summary>Puts an entry on its place; null when it could not be read. True when it was the last one pending.</summary>
    /// <param name="entrySlot">What <see cref="Reserve"/> gave.</param>
    /// <param name="entry">The finished node.</param>
    /// <param name="before">The node of that name in the parent snapshot.</param>
    public bool Complete(int entrySlot, TreeNode? entry, TreeNode? before)
    {
        lock (_lock)
        {
            _unchanged += entry is not null && ReferenceEquals(entry, before) ? 1 : 0;
            _entries[entrySlot] = entry;
            return --_pending == 0;
        }
    }

    /// <summary>The walker has seen all entries, and asked for each in the parent snapshot's folder. True when none is pending.</summary>
    public bool Seal(PreviousFolder? before)
    {
        var nodes = before?.CountAll();
        lock (_lock)
        {
            _before = nodes is null ? null : (before!.Tree, nodes.Value);
            return --_pending == 0;
        }
    }
}
