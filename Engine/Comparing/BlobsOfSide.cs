using BackupOnline.Engine.Blobs;
using BackupOnline.Engine.Ids;
using BackupOnline.Engine.Index;
using BackupOnline.Engine.Trees;

namespace BackupOnline.Engine.Comparing;

/// <summary>The blobs that the differing folders of one side name.</summary>
internal sealed class BlobsOfSide
{
    private readonly HashSet<(BlobType Type, BlobId Id)> _blobs = [];

    public bool IsEmpty => _blobs.Count == 0;

    public void Add(BlobType type, BlobId id) => _blobs.Add((type, id));

    public void Add(TreeNode node)
    {
        if (node is { Type: NodeType.Folder, Subtree: { } tree })
            _blobs.Add((BlobType.Tree, tree));
        if (node.Type == NodeType.File)
        {
            foreach (var id in node.Content ?? [])
                _blobs.Add((BlobType.Data, id));
        }
    }

    public void Forget(BlobType type, BlobId id) => _blobs.Remove((type, id));

    /// <summary>Leaves in both only what the other does not have.</summary>
    public static void Separate(BlobsOfSide one, BlobsOfSide other)
    {
        var both = one._blobs.Where(other._blobs.Contains).ToList();
        one._blobs.ExceptWith(both);
        other._blobs.ExceptWith(both);
    }

    /// <summary>Counts them; a blob that is in no index has no size.</summary>
    public void CountInto(DifferenceCount count, BlobIndex index)
    {
        foreach (var (type, id) in _blobs)
        {
            if (type == BlobType.Data)
                count.DataBlobs++;
            else
                count.TreeBlobs++;
            if (index.TryFind(type, id, out var place))
                count.Bytes += place.PlainLength;
        }
    }
}
