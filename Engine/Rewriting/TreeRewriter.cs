using System.Buffers;
using BackupOnline.Engine.Blobs;
using BackupOnline.Engine.Files;
using BackupOnline.Engine.Filters;
using BackupOnline.Engine.Ids;
using BackupOnline.Engine.Repositories;
using BackupOnline.Engine.Trees;

namespace BackupOnline.Engine.Rewriting;

/// <summary>Makes the tree of a snapshot without what patterns match. What is kept keeps its bytes, so that nothing of another client's is lost.</summary>
/// <param name="source">The trees are read from it; its index must be loaded.</param>
/// <param name="repository">The same repository, as those who save must see it: lost and marked packs are forgotten.</param>
/// <param name="rules">Only the patterns count, against paths as in the snapshot.</param>
/// <param name="dryRun">Save nothing.</param>
/// <param name="onExcluded">Told of each item that is left out; what is below a folder is not named.</param>
public sealed class TreeRewriter(Repository source, Repository repository, ExcludeRules rules, bool dryRun, Action<RawPath> onExcluded)
{
    /// <exception cref="RepositoryException">A tree is missing or damaged.</exception>
    public Task<RewrittenTree> RewriteAsync(BlobId root, CancellationToken cancellationToken = default) => RewriteAsync(RawPath.Root, root, cancellationToken);

    private async Task<RewrittenTree> RewriteAsync(RawPath folder, BlobId tree, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ReadOnlyMemory<byte> bytes = await source.LoadBlobAsync(BlobType.Tree, tree, cancellationToken);
        var kept = new List<ReadOnlyMemory<byte>>();
        var (items, files, size, isSame) = (0UL, 0UL, 0UL, true);
        var parts = PartsOf(tree, bytes);
        foreach (var part in parts)
        {
            var (node, path) = (part.Node, folder.Join(part.Node.Name));
            if (rules.Patterns.Matches(path) || rules.CaseInsensitivePatterns.Matches(path))
            {
                onExcluded(path);
                isSame = false;
                continue;
            }

            items++;
            if (node.Type == NodeType.File)
                (files, size) = (files + 1, size + node.Size);
            if (node is not { Type: NodeType.Folder, Subtree: { } subtree } || part.Subtree < 0)
            {
                kept.Add(bytes[part.Start..part.End]);
                continue;
            }

            var below = await RewriteAsync(path, subtree, cancellationToken);
            (items, files, size) = (items + below.Items, files + below.Files, size + below.Bytes);
            isSame &= below.Tree == subtree;
            kept.Add(below.Tree == subtree ? bytes[part.Start..part.End] : part.WithSubtree(bytes.Span, below.Tree));
        }

        var id = isSame ? tree : await SaveAsync(bytes, parts, kept, cancellationToken);
        return new RewrittenTree(id, items, files, size);
    }

    private async Task<BlobId> SaveAsync(ReadOnlyMemory<byte> before, List<TreePart> parts, List<ReadOnlyMemory<byte>> kept, CancellationToken cancellationToken)
    {
        var after = new ArrayBufferWriter<byte>(before.Length);
        after.Write(before.Span[..parts[0].Start]);
        for (var i = 0; i < kept.Count; i++)
        {
            if (i > 0)
                after.Write(","u8);
            after.Write(kept[i].Span);
        }

        after.Write(before.Span[parts[^1].End..]);
        return dryRun ? BlobId.Of(after.WrittenSpan) : (await repository.SaveBlobAsync(BlobType.Tree, after.WrittenMemory, cancellationToken)).Id;
    }

    private static List<TreePart> PartsOf(BlobId tree, ReadOnlyMemory<byte> bytes)
    {
        try
        {
            return TreePart.Of(bytes);
        }
        catch (TreeFormatException e)
        {
            throw new RepositoryException(RepositoryProblem.Corrupt, $"The tree {tree} is damaged: {e.Message} Run check to see what else is.", e);
        }
    }
}
