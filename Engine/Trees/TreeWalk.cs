using BackupOnline.Engine.Blobs;
using BackupOnline.Engine.Files;
using BackupOnline.Engine.Ids;
using BackupOnline.Engine.Repositories;

namespace BackupOnline.Engine.Trees;

/// <summary>Goes through the tree of a snapshot, parents before children, names in byte order: for listings.</summary>
public static class TreeWalk
{
    /// <summary>Every item below <paramref name="root"/> with its path from <c>/</c>. Only the trees on the way down are in memory.</summary>
    /// <param name="repository">Its index must be loaded.</param>
    /// <param name="root">The tree of a snapshot.</param>
    /// <param name="enter">Whether to go into a folder; null: into all.</param>
    /// <param name="cancellationToken">Ends the walk.</param>
    /// <exception cref="RepositoryException">A tree is missing or damaged.</exception>
    public static async IAsyncEnumerable<TreeItem> ItemsAsync(
        Repository repository,
        BlobId root,
        Func<TreeItem, bool>? enter = null,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(repository);
        var open = new Stack<(RawPath Path, BlobId Tree, TreeReader Reader)>();
        open.Push((RawPath.Root, root, await OpenAsync(repository, root, cancellationToken)));
        while (open.TryPeek(out var folder))
        {
            if (ReadNode(folder.Tree, folder.Reader) is not { } node)
            {
                open.Pop();
                continue;
            }

            var item = new TreeItem(folder.Path.Join(node.Name), node);
            yield return item;
            if (node is { Type: NodeType.Folder, Subtree: { } subtree } && (enter is null || enter(item)))
                open.Push((item.Path, subtree, await OpenAsync(repository, subtree, cancellationToken)));
        }
    }

    internal static async Task<TreeReader> OpenAsync(Repository repository, BlobId tree, CancellationToken cancellationToken) =>
        new(await repository.LoadBlobAsync(BlobType.Tree, tree, cancellationToken));

    /// <summary>The next node; a tree that cannot be read is Corrupt.</summary>
    internal static TreeNode? ReadNode(BlobId tree, TreeReader reader)
    {
        try
        {
            return reader.Read();
        }
        catch (TreeFormatException e)
        {
            throw new RepositoryException(RepositoryProblem.Corrupt, $"The tree {tree} is damaged: {e.Message} Run check to see what else is.", e);
        }
    }
}
