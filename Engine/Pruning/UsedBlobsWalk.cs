using System.Collections.Concurrent;
using BackupOnline.Engine.Blobs;
using BackupOnline.Engine.Ids;
using BackupOnline.Engine.Repositories;
using BackupOnline.Engine.Snapshots;
using BackupOnline.Engine.Trees;

namespace BackupOnline.Engine.Pruning;

/// <summary>Reads every tree that the snapshots lead to, each once, and notes what they need.</summary>
internal static class UsedBlobsWalk
{
    /// <summary>Trees taken off the stack at a time: enough to keep the readers busy.</summary>
    private const int BatchLength = 256;

    /// <exception cref="RepositoryException">A tree cannot be read: what it needs is not known, so nothing may be removed.</exception>
    public static async Task<UsedBlobs> FindAsync(
        Repository repository, IEnumerable<Snapshot> snapshots, int concurrency, PruneProgress progress, CancellationToken cancellationToken)
    {
        var used = new UsedBlobs(repository.Index);
        var pending = new ConcurrentStack<BlobId>(snapshots.Select(snapshot => snapshot.Tree).Where(tree => used.Add(BlobType.Tree, tree)));
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = concurrency, CancellationToken = cancellationToken };
        var batch = new BlobId[BatchLength];
        for (var count = pending.TryPopRange(batch); count > 0; count = pending.TryPopRange(batch))
        {
            await Parallel.ForEachAsync(batch.Take(count).ToArray(), parallel, async (tree, token) =>
            {
                await ReadAsync(repository, tree, used, pending, token);
                progress.TreeDone();
            });
        }

        return used;
    }

    private static async Task ReadAsync(Repository repository, BlobId tree, UsedBlobs used, ConcurrentStack<BlobId> pending, CancellationToken cancellationToken)
    {
        var (blobs, subtrees) = (new List<BlobId>(), new List<BlobId>());
        try
        {
            TreeReferences.Read(await repository.LoadBlobAsync(BlobType.Tree, tree, cancellationToken), blobs, subtrees);
        }
        catch (TreeFormatException e)
        {
            throw new RepositoryException(
                RepositoryProblem.Corrupt,
                $"The tree {tree} is damaged: {e.Message} What it needs is not known, so nothing is removed. Run 'check', then 'repair snapshots'.",
                e);
        }

        foreach (var blob in blobs)
            used.Add(BlobType.Data, blob);
        foreach (var subtree in subtrees)
        {
            if (used.Add(BlobType.Tree, subtree))
                pending.Push(subtree);
        }
    }
}
