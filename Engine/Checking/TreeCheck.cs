using BackupOnline.Engine.Blobs;
using BackupOnline.Engine.Ids;
using BackupOnline.Engine.Repositories;
using BackupOnline.Engine.Snapshots;
using BackupOnline.Engine.Trees;

namespace BackupOnline.Engine.Checking;

/// <summary>Reads every tree that a snapshot leads to, each once, and looks for what it names in the index.</summary>
internal sealed class TreeCheck(Repository repository, CheckOptions options, CheckProgress progress, CheckLog log)
{
    /// <summary>Trees taken off the stack at a time: enough to keep the readers busy.</summary>
    private const int BatchLength = 64;

    private readonly Lock _lock = new();
    private readonly HashSet<BlobId> _met = [];
    private readonly HashSet<BlobId> _missing = [];
    private readonly Stack<(BlobId Tree, string From)> _pending = new();

    /// <summary>Distinct trees met.</summary>
    public long Trees => _met.Count;

    public async Task RunAsync(IEnumerable<Snapshot> snapshots, CancellationToken cancellationToken)
    {
        foreach (var snapshot in snapshots)
            Meet(snapshot.Tree, $"snapshot {snapshot.Id.ToShortString()}");
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = options.ReadConcurrency, CancellationToken = cancellationToken };
        while (_pending.Count > 0)
        {
            var batch = new List<(BlobId Tree, string From)>(BatchLength);
            while (batch.Count < BatchLength && _pending.TryPop(out var next))
                batch.Add(next);
            await Parallel.ForEachAsync(batch, parallel, async (item, cancel) => await CheckAsync(item.Tree, item.From, cancel));
        }
    }

    private async Task CheckAsync(BlobId tree, string from, CancellationToken cancellationToken)
    {
        if (!repository.Index.TryFind(BlobType.Tree, tree, out _))
        {
            Missing(BlobType.Tree, tree, from);
            return;
        }

        try
        {
            using var plain = await repository.LoadTreeAsync(tree, cancellationToken);
            var reader = new TreeReader(plain.Memory);
            while (reader.Read() is { } node)
                CheckNode(tree, node);
            progress.TreeDone();
        }
        catch (Exception e) when (e is TreeFormatException or RepositoryException { IsOfOneObject: true })
        {
            log.Add(CheckFindingKind.DamagedTree, tree.ToString(), $"The tree {tree}, needed by {from}, cannot be read: {e.Message} Back the folder up again with --force.");
        }
    }

    private void CheckNode(BlobId tree, TreeNode node)
    {
        var from = $"'{node.Name}' in tree {tree.ToShortString()}";
        if (node.Type == NodeType.Folder)
        {
            if (node.Subtree is { } subtree)
                Meet(subtree, from);
            else
                log.Add(CheckFindingKind.DamagedTree, tree.ToString(), $"The folder {from} names no tree. Back it up again with --force.");
        }
        else if (node.Type == NodeType.File && node.Content is null)
        {
            log.Add(CheckFindingKind.DamagedTree, tree.ToString(), $"The file {from} has no content list. Back it up again with --force.");
        }

        foreach (var id in node.Content ?? [])
        {
            if (!repository.Index.TryFind(BlobType.Data, id, out _))
                Missing(BlobType.Data, id, from);
        }
    }

    private void Meet(BlobId tree, string from)
    {
        lock (_lock)
        {
            if (_met.Add(tree))
                _pending.Push((tree, from));
        }
    }

    private void Missing(BlobType type, BlobId id, string from)
    {
        lock (_lock)
        {
            if (!_missing.Add(id))
                return;
        }

        log.Add(
            CheckFindingKind.MissingBlob,
            id.ToString(),
            $"The {Damaged.Noun(type)} blob {id}, needed by {from}, is in no index file. Back the same files up again with --force; that stores it anew if they are unchanged.");
    }
}
