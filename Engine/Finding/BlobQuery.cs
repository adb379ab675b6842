using BackupOnline.Engine.Blobs;
using BackupOnline.Engine.Files;
using BackupOnline.Engine.Ids;
using BackupOnline.Engine.Index;
using BackupOnline.Engine.Trees;

namespace BackupOnline.Engine.Finding;

/// <summary>Which blobs are looked for: by whole ids, or by beginnings of them.</summary>
public sealed class BlobQuery
{
    private readonly HashSet<(BlobType Type, BlobId Id)> _ids = [];
    private readonly List<(BlobType Type, string Beginning)> _beginnings = [];

    /// <summary>Data blobs, or trees, whose id begins so.</summary>
    /// <param name="type">What is looked for.</param>
    /// <param name="beginning">1 to 64 lowercase hexadecimal digits.</param>
    public void Add(BlobType type, string beginning)
    {
        if (BlobId.TryParse(beginning, out var id))
            _ids.Add((type, id));
        else
            _beginnings.Add((type, beginning));
    }

    /// <summary>Exactly this blob.</summary>
    public void Add(in IndexedBlob blob) => _ids.Add((blob.Type, blob.Id));

    /// <summary>The root of a snapshot, when it is looked for.</summary>
    public FoundObject? JudgeRoot(BlobId tree) => Wants(BlobType.Tree, tree) ? new FoundObject(BlobType.Tree, tree, RawPath.Root, null) : null;

    /// <summary>Whether this blob is looked for.</summary>
    public bool Wants(BlobType type, BlobId id)
    {
        if (_ids.Contains((type, id)))
            return true;
        if (_beginnings.Count == 0)
            return false;
        var text = id.ToString();
        return _beginnings.Exists(one => one.Type == type && text.StartsWith(one.Beginning, StringComparison.Ordinal));
    }

    internal SearchStep<FoundObject> Judge(SearchItem searched)
    {
        var (path, node) = searched.Item;
        List<FoundObject> hits = [];
        if (node is { Type: NodeType.Folder, Subtree: { } subtree } && Wants(BlobType.Tree, subtree))
            hits.Add(new FoundObject(BlobType.Tree, subtree, path, null));
        if (node.Type == NodeType.File)
        {
            // As restic: a file that has the blob twice is named twice.
            foreach (var id in node.Content ?? [])
            {
                if (Wants(BlobType.Data, id))
                    hits.Add(new FoundObject(BlobType.Data, id, path, searched.Tree));
            }
        }

        return new SearchStep<FoundObject>(hits, Enter: true, ByTreeAlone: true);
    }
}
