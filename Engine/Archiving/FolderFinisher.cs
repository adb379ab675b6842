using System.Collections.Concurrent;
using BackupOnline.Engine.Blobs;
using BackupOnline.Engine.Ids;

namespace BackupOnline.Engine.Archiving;

/// <summary>Writes the trees of folders whose entries are all done, and so on upwards to the root.</summary>
internal sealed class FolderFinisher(BlobSink sink, ItemCounter counter)
{
    private readonly ConcurrentBag<TreeEncoder> _idle = [];
    private readonly TaskCompletionSource<BlobId> _root = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The root's tree, once everything is done.</summary>
    public Task<BlobId> Root => _root.Task;

    /// <summary>Finishes a folder that has nothing pending, and its parents as far as it was the last thing that they waited for.</summary>
    public async ValueTask FinishAsync(FolderInProgress folder, CancellationToken cancellationToken)
    {
        for (var done = folder; ; done = done.Parent!)
        {
            done.Handle?.Dispose();
            var (saved, length) = await SaveAsync(done, cancellationToken);
            if (done.Parent is not { } parent)
            {
                _root.SetResult(saved.Id);
                return;
            }

            var node = done.Node!.Subtree == saved.Id ? done.Node : done.Node with { Subtree = saved.Id };
            counter.Done(parent.SnapshotPath, node, done.Previous, unread: false, saved.IsNew ? length : 0, onlyLeads: done.Handle is null);
            if (!parent.Complete(done.Slot, node, done.Previous))
                return;
        }
    }

    private async ValueTask<(SavedBlob Saved, int Length)> SaveAsync(FolderInProgress folder, CancellationToken cancellationToken)
    {
        if (folder.UnchangedTree is { } tree && sink.Has(BlobType.Tree, tree))
            return (new SavedBlob(tree, IsNew: false, StoredLength: 0), 0);
        if (!_idle.TryTake(out var encoder))
            encoder = new TreeEncoder();
        var plain = encoder.Encode(folder.Entries);
        var saved = await sink.SaveAsync(BlobType.Tree, plain, cancellationToken);
        if (!encoder.IsLarge)
            _idle.Add(encoder);
        return (saved, plain.Length);
    }
}
