using BackupOnline.Engine.Blobs;
using BackupOnline.Engine.Files;
using BackupOnline.Engine.Ids;
using BackupOnline.Engine.Repositories;
using BackupOnline.Engine.Trees;

namespace BackupOnline.Engine.Comparing;

/// <summary>
/// Compares two trees, as restic's diff. Folders with the same tree are not read, but for one pass that tells which blobs are only on one side.
/// Memory: the ids of the blobs in folders that differ, and of the trees in common.
/// </summary>
/// <param name="repository">Its index must be loaded.</param>
/// <param name="withMetadata">Also tell of items with the same content and other metadata.</param>
/// <param name="onChange">Told of each difference, in the order of the paths.</param>
public sealed class Comparison(Repository repository, bool withMetadata, Action<TreeChange> onChange)
{
    private readonly BlobsOfSide _before = new();
    private readonly BlobsOfSide _after = new();
    private readonly HashSet<BlobId> _common = [];
    private readonly DifferenceCount _added = new();
    private readonly DifferenceCount _removed = new();
    private long _changedFiles;

    /// <summary>Once for each comparison.</summary>
    /// <exception cref="RepositoryException">A tree is missing or damaged.</exception>
    public async Task<ComparisonResult> RunAsync(BlobId before, BlobId after, CancellationToken cancellationToken = default)
    {
        _before.Add(BlobType.Tree, before);
        _after.Add(BlobType.Tree, after);
        if (before == after)
            _common.Add(before);
        else
            await CompareAsync(RawPath.Root, before, after, cancellationToken);
        BlobsOfSide.Separate(_before, _after);
        await ForgetCommonAsync(cancellationToken);
        _before.CountInto(_removed, repository.Index);
        _after.CountInto(_added, repository.Index);
        return new ComparisonResult(_changedFiles, _added, _removed);
    }

    private async Task CompareAsync(RawPath folder, BlobId before, BlobId after, CancellationToken cancellationToken)
    {
        var (left, right) = (await OpenAsync(before, cancellationToken), await OpenAsync(after, cancellationToken));
        var (one, other) = (left.Next(), right.Next());
        while (one is not null || other is not null)
        {
            cancellationToken.ThrowIfCancellationRequested();

            // Both are sorted: the smaller name stands alone.
            var order = one is null ? 1 : other is null ? -1 : one.Name.CompareTo(other.Name);
            if (order == 0)
                await CompareAsync(folder, one!, other!, cancellationToken);
            else if (order < 0)
                await TellAllAsync("-", _removed, _before, folder, one!, cancellationToken);
            else
                await TellAllAsync("+", _added, _after, folder, other!, cancellationToken);
            one = order <= 0 ? left.Next() : one;
            other = order >= 0 ? right.Next() : other;
        }
    }

    private async Task CompareAsync(RawPath folder, TreeNode one, TreeNode other, CancellationToken cancellationToken)
    {
        _before.Add(one);
        _after.Add(other);
        var path = PathOf(folder, other);
        var modifier = one.Type == other.Type ? "" : "T";
        if (one.Type == NodeType.File && other.Type == NodeType.File && !(one.Content ?? []).SequenceEqual(other.Content ?? []))
        {
            _changedFiles++;
            modifier += (one with { Content = null }).IsSameAs(other with { Content = null }) ? "M?" : "M";
        }
        else if (withMetadata && !one.IsSameAs(other))
        {
            modifier += "U";
        }

        if (modifier.Length > 0)
            onChange(new TreeChange(path, modifier));
        if (one is not { Type: NodeType.Folder, Subtree: { } before } || other is not { Type: NodeType.Folder, Subtree: { } after })
            return;
        if (before == after)
            _common.Add(before);
        else
            await CompareAsync(path, before, after, cancellationToken);
    }

    private async Task TellAllAsync(string modifier, DifferenceCount count, BlobsOfSide blobs, RawPath folder, TreeNode node, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var path = PathOf(folder, node);
        onChange(new TreeChange(path, modifier));
        count.Count(node);
        blobs.Add(node);
        if (node is not { Type: NodeType.Folder, Subtree: { } tree })
            return;
        var nodes = await OpenAsync(tree, cancellationToken);
        while (nodes.Next() is { } below)
            await TellAllAsync(modifier, count, blobs, path, below, cancellationToken);
    }

    /// <summary>What stands in both is not on one side only, though a folder that differs names it too.</summary>
    private async Task ForgetCommonAsync(CancellationToken cancellationToken)
    {
        var pending = new Stack<BlobId>(_common);
        while ((!_before.IsEmpty || !_after.IsEmpty) && pending.TryPop(out var tree))
        {
            Forget(BlobType.Tree, tree);
            var nodes = await OpenAsync(tree, cancellationToken);
            while (nodes.Next() is { } node)
            {
                if (node is { Type: NodeType.Folder, Subtree: { } below } && _common.Add(below))
                    pending.Push(below);
                foreach (var id in node.Type == NodeType.File ? node.Content ?? [] : [])
                    Forget(BlobType.Data, id);
            }
        }
    }

    private void Forget(BlobType type, BlobId id)
    {
        _before.Forget(type, id);
        _after.Forget(type, id);
    }

    private async Task<OpenTree> OpenAsync(BlobId tree, CancellationToken cancellationToken) => new(tree, await TreeWalk.OpenAsync(repository, tree, cancellationToken));

    private static RawPath PathOf(RawPath folder, TreeNode node) =>
        node.Type == NodeType.Folder ? new RawPath([.. folder.Join(node.Name).Bytes, (byte)'/']) : folder.Join(node.Name);

    private readonly record struct OpenTree(BlobId Tree, TreeReader Reader)
    {
        public TreeNode? Next() => TreeWalk.ReadNode(Tree, Reader);
    }
}
