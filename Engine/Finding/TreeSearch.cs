using System.Runtime.CompilerServices;
using BackupOnline.Engine.Files;
using BackupOnline.Engine.Ids;
using BackupOnline.Engine.Repositories;
using BackupOnline.Engine.Trees;

namespace BackupOnline.Engine.Finding;

/// <summary>
/// Walks the trees of one snapshot after the other with one question. Snapshots share most of their trees: those in which nothing was found are remembered
/// (32 bytes each) and passed over from then on.
/// </summary>
/// <param name="repository">Its index must be loaded.</param>
/// <param name="onDamaged">Told of each folder whose tree is missing or damaged; the search goes on without it.</param>
internal sealed class TreeSearch(Repository repository, Action<RawPath, RepositoryException> onDamaged)
{
    private readonly HashSet<BlobId> _fruitless = [];

    public async IAsyncEnumerable<T> RunAsync<T>(BlobId root, Func<SearchItem, SearchStep<T>> visit, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var open = new Stack<Frame>();
        await OpenAsync(open, RawPath.Root, root, byTreeAlone: false, cancellationToken);
        while (open.TryPeek(out var frame))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (Next(frame) is not { } node)
            {
                Close(open);
                continue;
            }

            var item = new TreeItem(frame.Path.Join(node.Name), node);
            var step = visit(new SearchItem(item, frame.Tree));
            frame.Fruitful |= step.Hits.Count > 0;
            foreach (var hit in step.Hits)
                yield return hit;
            if (node is { Type: NodeType.Folder, Subtree: { } subtree } && step.Enter && !(step.ByTreeAlone && _fruitless.Contains(subtree)))
                await OpenAsync(open, item.Path, subtree, step.ByTreeAlone, cancellationToken);
        }
    }

    private async Task OpenAsync(Stack<Frame> open, RawPath path, BlobId tree, bool byTreeAlone, CancellationToken cancellationToken)
    {
        try
        {
            open.Push(new Frame(path, tree, await TreeWalk.OpenAsync(repository, tree, cancellationToken), byTreeAlone));
        }
        catch (RepositoryException e) when (e.IsOfOneObject)
        {
            onDamaged(path, e);
        }
    }

    private TreeNode? Next(Frame frame)
    {
        try
        {
            return TreeWalk.ReadNode(frame.Tree, frame.Reader);
        }
        catch (RepositoryException e)
        {
            // What was not read may have held something: it is told again where the tree stands again.
            frame.Fruitful = true;
            onDamaged(frame.Path, e);
            return null;
        }
    }

    private void Close(Stack<Frame> open)
    {
        var closed = open.Pop();
        if (!closed.Fruitful && closed.ByTreeAlone)
            _fruitless.Add(closed.Tree);
        else if (closed.Fruitful && open.TryPeek(out var parent))
            parent.Fruitful = true;
    }

    private sealed class Frame(RawPath path, BlobId tree, TreeReader reader, bool byTreeAlone)
    {
        public RawPath Path => path;

        public BlobId Tree => tree;

        public TreeReader Reader => reader;

        public bool ByTreeAlone => byTreeAlone;

        public bool Fruitful { get; set; }
    }
}
