using BackupOnline.Engine.Trees;

namespace BackupOnline.Engine.Files;

/// <summary>What the file system says of an entry, symlinks not followed.</summary>
public readonly record struct FileStatus
{
    /// <summary><c>st_mode</c>: type and permissions.</summary>
    public required uint UnixMode { get; init; }

    public required ulong Inode { get; init; }

    public required ulong DeviceId { get; init; }

    public required ulong Links { get; init; }

    public required uint Uid { get; init; }

    public required uint Gid { get; init; }

    /// <summary>Bytes.</summary>
    public required long Size { get; init; }

    /// <summary>The device that a device node stands for.</summary>
    public required ulong Device { get; init; }

    public required NodeTime ModifiedAt { get; init; }

    public required NodeTime AccessedAt { get; init; }

    public required NodeTime ChangedAt { get; init; }

    /// <summary>Bytes on the disk: less than <see cref="Size"/> for a file with holes.</summary>
    public required long AllocatedBytes { get; init; }

    public NodeMode Mode => NodeMode.FromUnix(UnixMode);

    public NodeType Type => Mode.Type;

    public bool IsFolder => Type == NodeType.Folder;

    public bool IsFile => Type == NodeType.File;
}
