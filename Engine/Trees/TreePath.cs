using BackupOnline.Engine.Files;
using BackupOnline.Engine.Ids;
using BackupOnline.Engine.Repositories;

namespace BackupOnline.Engine.Trees;

/// <summary>Finds one item of a snapshot by its path; reads only the trees on the way.</summary>
public static class TreePath
{
    /// <summary>The item, or null when there is none.</summary>
    /// <param name="repository">Its index must be loaded.</param>
    /// <param name="root">The tree of a snapshot, or of a folder in it.</param>
    /// <param name="path">Absolute and clean, from that tree; not <c>/</c>, which has no node.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    /// <exception cref="RepositoryException">A tree on the way is missing or damaged.</exception>
    public static async Task<TreeNode?> FindAsync(Repository repository, BlobId root, RawPath path, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(repository);
        BlobId? tree = root;
        TreeNode? found = null;
        foreach (var name in path.Components())
        {
            if (tree is not { } id)
                return null;
            found = Find(id, await TreeWalk.OpenAsync(repository, id, cancellationToken), name);
            tree = found is { Type: NodeType.Folder } ? found.Subtree : null;
            if (found is null)
                return null;
        }

        return found;
    }

    private static TreeNode? Find(BlobId tree, TreeReader reader, RawPath name)
    {
        while (TreeWalk.ReadNode(tree, reader) is { } node && node.Name <= name)
        {
            if (node.Name == name)
                return node;
        }

        return null;
    }
}
