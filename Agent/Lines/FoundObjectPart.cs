using BackupOnline.Engine.Blobs;
using BackupOnline.Engine.Finding;
using BackupOnline.Engine.Snapshots;

namespace BackupOnline.Agent.Lines;

/// <summary>Where <c>find --json --blob, --tree, --pack</c> found a blob in use, as restic shows it.</summary>
/// <param name="Packs">Ours, with --show-pack-id: where it lies.</param>
internal sealed record FoundObjectPart(string ObjectType, string Id, string Path, string? ParentTree, string Snapshot, DateTimeOffset Time, IReadOnlyList<string>? Packs)
{
    public static FoundObjectPart Of(FoundObject found, Snapshot snapshot, IReadOnlyList<string>? packs) => new(
        found.Type == BlobType.Tree ? "tree" : "blob", found.Id.ToString(), found.Path.ToString(), found.ParentTree?.ToString(), snapshot.Id.ToString(), snapshot.Time, packs);
}
