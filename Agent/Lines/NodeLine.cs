using BackupOnline.Engine.Trees;

namespace BackupOnline.Agent.Lines;

/// <summary>A file or folder as restic's <c>ls --json</c> shows it.</summary>
internal sealed record NodeLine
{
    public required string Name { get; init; }

    public required string Type { get; init; }

    public required string Path { get; init; }

    public required uint Uid { get; init; }

    public required uint Gid { get; init; }

    /// <summary>Bytes; files only.</summary>
    public ulong? Size { get; init; }

    /// <summary>The bits of Go's FileMode.</summary>
    public required uint Mode { get; init; }

    public required string Permissions { get; init; }

    public required string Mtime { get; init; }

    public required string Atime { get; init; }

    public required string Ctime { get; init; }

    public ulong? Inode { get; init; }

    public string MessageType { get; init; } = "node";

    public string StructType { get; init; } = "node";

    public static NodeLine Of(TreeItem item) => new()
    {
        Name = item.Node.Name.ToString(),
        Type = NodeTypeName.TextOf(item.Node.Type),
        Path = item.Path.ToString(),
        Uid = item.Node.Uid,
        Gid = item.Node.Gid,
        Size = item.Node.Type == NodeType.File ? item.Node.Size : null,
        Mode = item.Node.Mode.Bits,
        Permissions = item.Node.Mode.ToString(),
        Mtime = item.Node.ModifiedAt.ToString(),
        Atime = item.Node.AccessedAt.ToString(),
        Ctime = item.Node.ChangedAt.ToString(),
        Inode = item.Node.Inode == 0 ? null : item.Node.Inode,
    };
}
