using BackupOnline.Engine.Blobs;
using BackupOnline.Engine.Files;
using BackupOnline.Engine.Ids;
using BackupOnline.Engine.Repositories;
using BackupOnline.Engine.Snapshots;
using BackupOnline.Engine.Trees;

namespace BackupOnline.Engine.Images;

/// <summary>The folder of the parent snapshot: what incremental images build upon, and full ones are compared with.</summary>
internal sealed class ParentFolder
{
    private readonly Repository _repository;
    private readonly Dictionary<RawPath, TreeNode> _nodes;
    private readonly bool _hasParent;
    private readonly string? _damage;

    private ParentFolder(Repository repository, bool hasParent, IEnumerable<TreeNode> nodes, string? damage = null) =>
        (_repository, _hasParent, _nodes, _damage) = (repository, hasParent, nodes.ToDictionary(node => node.Name), damage);

    /// <summary>A parent whose trees are lost or damaged is like none, except that an incremental image is told so.</summary>
    public static async Task<ParentFolder> OpenAsync(Repository repository, Snapshot? parent, RawPath folder, CancellationToken cancellationToken)
    {
        if (parent is null)
            return new ParentFolder(repository, hasParent: false, []);
        try
        {
            var node = await TreePath.FindAsync(repository, parent.Tree, folder, cancellationToken);
            if (node is not { Type: NodeType.Folder, Subtree: { } tree })
                return new ParentFolder(repository, hasParent: true, []);
            return new ParentFolder(repository, hasParent: true, TreeReader.ReadAll(await repository.LoadBlobAsync(BlobType.Tree, tree, cancellationToken)));
        }
        catch (RepositoryException e) when (e.IsOfOneObject)
        {
            return new ParentFolder(repository, hasParent: true, [], e.Message);
        }
        catch (TreeFormatException e)
        {
            return new ParentFolder(repository, hasParent: true, [], e.Message);
        }
    }

    public TreeNode? Find(RawPath name) => _nodes.GetValueOrDefault(name);

    /// <summary>
    /// Bytes of the blocks into which the parent's file was cut, by their number: also when some are lost. Null when no size of ours makes so many, or it is a single one.
    /// </summary>
    public int? BlockSizeOf(IImageSource image)
    {
        if (Find(RawPath.FromText(image.Name)) is not { Type: NodeType.File, Content: { Count: > 1 } content, Size: <= long.MaxValue and var size })
            return null;
        for (var bytes = ImageBlocks.MinSize; bytes <= ImageBlocks.MaxSize; bytes *= 2)
        {
            if (ImageBlocks.CountOf((long)size, bytes) == content.Count)
                return bytes;
        }

        return null;
    }

    /// <summary>
    /// The parent's blocks when they fit the image and are all in the repository. Otherwise null for a full image, which needs none.
    /// </summary>
    /// <exception cref="ImageParentException">The image is incremental and they do not.</exception>
    public IReadOnlyList<BlobId>? BlocksFor(IImageSource image, int blockSize)
    {
        var node = Find(RawPath.FromText(image.Name));
        if (Refusal(image, node, blockSize) is not var (problem, why))
            return node!.Content;
        return image.IsIncremental
            ? throw new ImageParentException(image.Name, problem, $"{image.Name} cannot be backed up incrementally: {why} Nothing was read; read this disk whole.")
            : null;
    }

    private (ImageParentProblem Problem, string Why)? Refusal(IImageSource image, TreeNode? node, int blockSize)
    {
        if (!_hasParent)
            return (ImageParentProblem.NoParent, "there is no snapshot to build upon.");
        if (_damage is not null)
            return (ImageParentProblem.BlocksLost, $"the folder of the parent snapshot cannot be read ({_damage})");
        if (node is not { Type: NodeType.File, Content: { } content })
            return (ImageParentProblem.NoFile, "the parent snapshot has no such file.");
        if (node.Size != (ulong)image.Size)
            return (ImageParentProblem.SizeDiffers, $"it has {image.Size} bytes and had {node.Size} in the parent snapshot.");
        if (content.Count != ImageBlocks.CountOf(image.Size, blockSize))
            return (ImageParentProblem.BlocksDiffer, $"the parent snapshot's file has {content.Count} blocks, not those of {blockSize} bytes.");
        for (var number = 0; number < content.Count; number++)
        {
            if (!_repository.Index.TryFind(BlobType.Data, content[number], out var place))
                return (ImageParentProblem.BlocksLost, $"block {number} of the parent snapshot is no longer in the repository.");
            if (place.PlainLength != ImageBlocks.LengthOf(number, image.Size, blockSize))
                return (ImageParentProblem.BlocksDiffer, $"block {number} of the parent snapshot has {place.PlainLength} bytes, not {blockSize}.");
        }

        return null;
    }
}
