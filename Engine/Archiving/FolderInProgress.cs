using BackupOnline.Engine.Files;
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
    public bool Complete(int entrySlot, TreeNode? entry)
    {
        lock (_lock)
        {
            _entries[entrySlot] = entry;
            return --_pending == 0;
        }
    }

    /// <summary>The walker has seen all entries. True when none is pending.</summary>
    public bool Seal()
    {
        lock (_lock)
            return --_pending == 0;
    }
}
