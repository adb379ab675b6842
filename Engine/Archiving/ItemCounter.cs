using BackupOnline.Engine.Files;
using BackupOnline.Engine.Snapshots;
using BackupOnline.Engine.Trees;

namespace BackupOnline.Engine.Archiving;

/// <summary>Counts finished items for the summary, as restic counts: files and folders only, against the parent snapshot. Thread-safe.</summary>
internal sealed class ItemCounter(IBackupObserver? observer, BackupProgress progress)
{
    private readonly long[] _files = new long[3];
    private readonly long[] _folders = new long[3];
    private long _bytes;
    private long _items;

    /// <summary>Bytes of all files in the snapshot.</summary>
    public long Bytes => Interlocked.Read(ref _bytes);

    /// <summary>Everything that came from a target, of whatever type.</summary>
    public long Items => Interlocked.Read(ref _items);

    public ulong Files(ItemChange change) => (ulong)Interlocked.Read(ref _files[(int)change]);

    public ulong Folders(ItemChange change) => (ulong)Interlocked.Read(ref _folders[(int)change]);

    /// <param name="folder">Path in the snapshot of the folder that holds it.</param>
    /// <param name="node">As it is stored.</param>
    /// <param name="previous">Its node in the parent snapshot.</param>
    /// <param name="unread">The parent's content was taken over.</param>
    /// <param name="addedBytes">Plain bytes of new blobs.</param>
    /// <param name="onlyLeads">A folder above the targets.</param>
    public void Done(RawPath folder, TreeNode node, TreeNode? previous, bool unread, long addedBytes, bool onlyLeads = false)
    {
        var change = previous is null ? ItemChange.New
            : unread || node.IsSameAs(previous) ? ItemChange.Unmodified
            : ItemChange.Changed;
        if (!onlyLeads)
            Interlocked.Increment(ref _items);
        if (node.Type == NodeType.File)
        {
            Interlocked.Increment(ref _files[(int)change]);
            Interlocked.Add(ref _bytes, (long)node.Size);
            progress.FileDone();
        }
        else if (node.Type == NodeType.Folder)
        {
            Interlocked.Increment(ref _folders[(int)change]);
        }

        observer?.Archived(new ArchivedItem(folder.Join(node.Name), node, change, addedBytes));
    }

    /// <summary>The numbers of restic's summary.</summary>
    public SnapshotSummary Summarize(BlobSink sink, DateTimeOffset startedAt, DateTimeOffset endedAt) => new()
    {
        BackupStart = startedAt,
        BackupEnd = endedAt,
        FilesNew = Files(ItemChange.New),
        FilesChanged = Files(ItemChange.Changed),
        FilesUnmodified = Files(ItemChange.Unmodified),
        DirsNew = Folders(ItemChange.New),
        DirsChanged = Folders(ItemChange.Changed),
        DirsUnmodified = Folders(ItemChange.Unmodified),
        DataBlobs = sink.DataBlobs,
        TreeBlobs = sink.TreeBlobs,
        DataAdded = (ulong)sink.PlainBytes,
        DataAddedPacked = (ulong)sink.StoredBytes,
        TotalFilesProcessed = Files(ItemChange.New) + Files(ItemChange.Changed) + Files(ItemChange.Unmodified),
        TotalBytesProcessed = (ulong)Bytes,
    };
}
