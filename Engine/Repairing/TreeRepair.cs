using System.Text.Json;
using System.Text.Json.Nodes;
using BackupOnline.Engine.Blobs;
using BackupOnline.Engine.Ids;
using BackupOnline.Engine.Repositories;
using BackupOnline.Engine.Snapshots;

namespace BackupOnline.Engine.Repairing;

/// <summary>
/// Makes trees that need nothing that is lost: lost pieces are taken out of files, folders that cannot be read become empty. Works on the JSON itself, so that what this
/// program does not know stays.
/// </summary>
/// <param name="repository">Its index names only what is there.</param>
/// <param name="dryRun">Store nothing.</param>
/// <param name="onChange">Told of each path that changes, with what happens to it.</param>
internal sealed class TreeRepair(Repository repository, bool dryRun, Action<string, TreeChange> onChange)
{
    private static readonly byte[] EmptyTree = "{\"nodes\":[]}\n"u8.ToArray();

    // Null: it cannot be read.
    private readonly Dictionary<BlobId, BlobId?> _repaired = [];

    /// <summary>The tree to use instead, the same when it is whole; null when the tree itself cannot be read.</summary>
    public async Task<BlobId?> RepairAsync(BlobId tree, string path, CancellationToken cancellationToken)
    {
        if (_repaired.TryGetValue(tree, out var known))
            return known;
        BlobId? repaired = null;
        if (await TryLoadAsync(tree, cancellationToken) is { } json)
            repaired = await RepairNodesAsync(json, path, cancellationToken) ? await SaveAsync([.. SnapshotEditor.Write(json), (byte)'\n'], cancellationToken) : tree;
        _repaired[tree] = repaired;
        return repaired;
    }

    private async Task<JsonObject?> TryLoadAsync(BlobId tree, CancellationToken cancellationToken)
    {
        try
        {
            var json = JsonNode.Parse(await repository.LoadBlobAsync(BlobType.Tree, tree, cancellationToken)) as JsonObject;
            return (json?["nodes"] is null or JsonArray) ? json : null;
        }
        catch (Exception e) when (e is JsonException or RepositoryException { Problem: RepositoryProblem.Corrupt or RepositoryProblem.NotFound })
        {
            return null;
        }
    }

    private async Task<bool> RepairNodesAsync(JsonObject tree, string path, CancellationToken cancellationToken)
    {
        var changed = false;
        foreach (var node in (tree["nodes"] as JsonArray ?? []).OfType<JsonObject>())
        {
            var nodePath = $"{path}/{node["name"]}";
            changed |= Text(node["type"]) switch
            {
                "file" => RepairFile(node, nodePath),
                "dir" => await RepairFolderAsync(node, nodePath, cancellationToken),
                _ => false,
            };
        }

        return changed;
    }

    private bool RepairFile(JsonObject file, string path)
    {
        var content = (file["content"] as JsonArray ?? []).Select(Text).ToList();
        var (left, size) = (new JsonArray(), 0L);
        foreach (var text in content)
        {
            if (!BlobId.TryParse(text, out var id) || !repository.Index.TryFind(BlobType.Data, id, out var place))
                continue;
            left.Add((JsonNode?)text);
            size += place.PlainLength;
        }

        if (left.Count == content.Count && file["content"] is not null)
            return false;
        file["content"] = left;
        file["size"] = size;
        onChange(path, TreeChange.PiecesLost);
        return true;
    }

    private async Task<bool> RepairFolderAsync(JsonObject folder, string path, CancellationToken cancellationToken)
    {
        var known = BlobId.TryParse(Text(folder["subtree"]), out var tree);
        var repaired = known ? await RepairAsync(tree, path, cancellationToken) : null;
        if (repaired == tree && known)
            return false;
        if (repaired is null)
            onChange(path, TreeChange.FolderLost);
        folder["subtree"] = (repaired ?? await SaveAsync(EmptyTree, cancellationToken)).ToString();
        return true;
    }

    private static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    private async Task<BlobId> SaveAsync(byte[] tree, CancellationToken cancellationToken) =>
        dryRun ? BlobId.Of(tree) : (await repository.SaveBlobAsync(BlobType.Tree, tree, cancellationToken)).Id;
}
