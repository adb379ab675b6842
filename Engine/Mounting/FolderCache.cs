using BackupOnline.Engine.Ids;
using BackupOnline.Engine.Repositories;
using BackupOnline.Engine.Trees;

namespace BackupOnline.Engine.Mounting;

/// <summary>The trees that were used last, parsed: a listing is followed by a look at each name in it. Thread-safe.</summary>
/// <param name="repository">Its index must be loaded.</param>
/// <param name="mostWeight">Nodes, and the parts that files have beyond some, that are kept; a single tree may have more.</param>
internal sealed class FolderCache(Repository repository, int mostWeight)
{
    private const int PartsPerNode = 16;

    private readonly Lock _gate = new();
    private readonly Dictionary<BlobId, LinkedListNode<(BlobId Id, IReadOnlyList<TreeNode> Nodes)>> _known = [];

    /// <summary>The one used last is first.</summary>
    private readonly LinkedList<(BlobId Id, IReadOnlyList<TreeNode> Nodes)> _order = [];
    private long _weight;

    /// <summary>The nodes of a tree in the order of their names.</summary>
    /// <exception cref="RepositoryException">The tree is missing or damaged.</exception>
    public async ValueTask<IReadOnlyList<TreeNode>> LoadAsync(BlobId tree, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_known.TryGetValue(tree, out var entry))
            {
                _order.Remove(entry);
                _order.AddFirst(entry);
                return entry.Value.Nodes;
            }
        }

        var nodes = new List<TreeNode>();
        var reader = await TreeWalk.OpenAsync(repository, tree, cancellationToken);
        while (TreeWalk.ReadNode(tree, reader) is { } node)
            nodes.Add(node);
        Keep(tree, nodes);
        return nodes;
    }

    private void Keep(BlobId tree, List<TreeNode> nodes)
    {
        lock (_gate)
        {
            if (_known.ContainsKey(tree))
                return;
            _known.Add(tree, _order.AddFirst((tree, nodes)));
            _weight += WeightOf(nodes);
            while (_weight > mostWeight && _order.Last is { } last && last != _order.First)
            {
                _order.RemoveLast();
                _known.Remove(last.Value.Id);
                _weight -= WeightOf(last.Value.Nodes);
            }
        }
    }

    // A part takes 32 bytes, a node some hundreds: the list of a large image takes as much as a hundred thousand files.
    private static long WeightOf(IReadOnlyList<TreeNode> nodes) => nodes.Sum(node => 1L + ((node.Content?.Count ?? 0) / PartsPerNode));
}
