using System.IO.Enumeration;
using BackupOnline.Grains.Interfaces.Names;
using BackupOnline.StorageNode.Disks;
using BackupOnline.StorageNode.Objects;

namespace BackupOnline.StorageNode.Vaults;

/// <summary>
/// Where a vault's files lie. The folder itself is a repository that stock restic opens; what is the shelf's own lies under <c>.shelf/</c>, which restic ignores.
/// Paths are made from well-formed names only.
/// </summary>
internal sealed class VaultFolder
{
    public VaultFolder(string vaultsFolder, VaultKey key)
    {
        if (!NameRule.MayNameTenant(key.Tenant) || !NameRule.IsWellFormed(key.Vault))
            throw new ArgumentException("Not the name of a vault.", nameof(key));

        Root = Path.Combine(vaultsFolder, key.Tenant, key.Vault);
    }

    public string Root { get; }

    /// <summary>Uploads on their way; nothing here outlives a start.</summary>
    public string Incoming => Path.Combine(Root, ".shelf", "incoming");

    /// <summary>The availability probes' own small objects, <c>.probe/</c> of the protocol; neither listed nor counted (decision 22).</summary>
    public string Probes => Path.Combine(Root, ".shelf", "probe");

    public bool Exists => Directory.Exists(Root);

    public string Of(ObjectType type) => Path.Combine(Root, type.Word());

    public string FolderOf(ObjectId id) => id.Type switch
    {
        ObjectType.Config => Root,
        ObjectType.Data => Path.Combine(Root, "data", id.Shard),
        _ => Of(id.Type),
    };

    public string PathOf(ObjectId id) => Path.Combine(FolderOf(id), id.Name);

    public string NoteOf(ObjectId id) => Path.Combine(Root, ".shelf", "notes", id.Type.Word(), id.Name);

    public string HiddenFolderOf(ObjectType type) => Path.Combine(Root, ".shelf", "hidden", type.Word());

    public string HiddenFolderOf(ObjectId id) => Path.Combine(HiddenFolderOf(id.Type), id.Shard);

    public string PathOf(Tombstone tombstone) => Path.Combine(HiddenFolderOf(tombstone.Object), tombstone.FileName);

    /// <summary>Makes every folder that an upload or a deletion may need, but for the shards. The folder of uploads is made last: where it is, all are.</summary>
    public void Create()
    {
        if (Directory.Exists(Incoming))
            return;

        Durable.CreateFolder(Path.GetDirectoryName(NoteOf(ObjectId.Config))!);
        foreach (var type in ObjectTypes.WithFolder)
        {
            Durable.CreateFolder(Of(type));
            Durable.CreateFolder(HiddenFolderOf(type));
            Durable.CreateFolder(Path.Combine(Root, ".shelf", "notes", type.Word()));
        }

        Durable.CreateFolder(Incoming);
    }

    /// <summary>The visible objects of a type, in no order. Foreign files are not objects.</summary>
    public IEnumerable<(string Name, long Bytes)> List(ObjectType type)
    {
        var folder = Of(type);
        if (!Directory.Exists(folder))
            return [];

        return type == ObjectType.Data
            ? Directory.EnumerateDirectories(folder).SelectMany(shard => Files(shard, Path.GetFileName(shard)))
            : Files(folder, "");
    }

    /// <summary>The hidden objects of a type.</summary>
    public IEnumerable<Tombstone> ListHidden(ObjectType type) =>
        Directory.Exists(HiddenFolderOf(type))
            ? Directory.EnumerateFiles(HiddenFolderOf(type), "*", SearchOption.AllDirectories).Select(path => Tombstone.Parse(type, Path.GetFileName(path))).OfType<Tombstone>()
            : [];

    /// <summary>The tombstones of one object, usually none or one.</summary>
    public IReadOnlyList<Tombstone> HiddenOf(ObjectId id)
    {
        if (id.Type == ObjectType.Config || !Directory.Exists(HiddenFolderOf(id)))
            return [];

        return [.. Directory.EnumerateFiles(HiddenFolderOf(id), id.Name + ".*").Select(path => Tombstone.Parse(id.Type, Path.GetFileName(path))).OfType<Tombstone>()];
    }

    private static FileSystemEnumerable<(string Name, long Bytes)> Files(string folder, string prefix) =>
        new(folder, static (ref FileSystemEntry entry) => (entry.FileName.ToString(), entry.Length))
        {
            ShouldIncludePredicate = (ref FileSystemEntry entry) =>
                !entry.IsDirectory && ObjectId.IsName(entry.FileName) && entry.FileName.StartsWith(prefix, StringComparison.Ordinal),
        };
}
