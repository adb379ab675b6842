using System.Text.Json.Serialization;
using BackupOnline.Engine.Trees;

namespace BackupOnline.Agent.Lines;

/// <summary>An item that <c>find --json</c> found, as restic shows it, and its name beside.</summary>
internal sealed record FoundNodePart
{
    public required string Path { get; init; }

    public required string Permissions { get; init; }

    public required string Name { get; init; }

    public required string Type { get; init; }

    /// <summary>The bits of Go's FileMode.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public uint Mode { get; init; }

    public required string Mtime { get; init; }

    public required string Atime { get; init; }

    public required string Ctime { get; init; }

    public required uint Uid { get; init; }

    public required uint Gid { get; init; }

    public string? User { get; init; }

    public string? Group { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public ulong Inode { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public ulong DeviceId { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public ulong Size { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public ulong Links { get; init; }

    [JsonPropertyName("linktarget")]
    public string? LinkTarget { get; init; }

    public static FoundNodePart Of(TreeItem item)
    {
        var node = item.Node;
        return new FoundNodePart
        {
            Path = item.Path.ToString(),
            Permissions = node.Mode.ToString(),
            Name = node.Name.ToString(),
            Type = NodeTypeName.TextOf(node.Type),
            Mode = node.Mode.Bits,
            Mtime = node.ModifiedAt.ToString(),
            Atime = node.AccessedAt.ToString(),
            Ctime = node.ChangedAt.ToString(),
            Uid = node.Uid,
            Gid = node.Gid,
            User = node.User.Length == 0 ? null : node.User,
            Group = node.Group.Length == 0 ? null : node.Group,
            Inode = node.Inode,
            DeviceId = node.DeviceId,
            Size = node.Size,
            Links = node.Links,
            LinkTarget = node.LinkTarget.IsEmpty ? null : node.LinkTarget.ToString(),
        };
    }
}
