using BackupOnline.Engine.Files;
using BackupOnline.Engine.Ids;

namespace BackupOnline.Engine.Trees;

/// <summary>One entry of a folder as a snapshot keeps it.</summary>
public sealed record TreeNode
{
    /// <summary>The entry's name, exactly as the kernel gave it.</summary>
    public required RawPath Name { get; init; }

    public required NodeType Type { get; init; }

    /// <summary>Type and permissions.</summary>
    public NodeMode Mode { get; init; }

    public NodeTime ModifiedAt { get; init; }

    /// <summary>Equal to <see cref="ModifiedAt"/> unless the backup was asked to keep it: otherwise each reading would make new trees.</summary>
    public NodeTime AccessedAt { get; init; }

    /// <summary>When the inode last changed. Cannot be restored; tells a later backup that a file is unchanged.</summary>
    public NodeTime ChangedAt { get; init; }

    public uint Uid { get; init; }

    public uint Gid { get; init; }

    /// <summary>Name of the owner at the time of the backup; empty when the system did not know it.</summary>
    public string User { get; init; } = "";

    /// <summary>Name of the group at the time of the backup; empty when the system did not know it.</summary>
    public string Group { get; init; } = "";

    public ulong Inode { get; init; }

    /// <summary>Device that holds the file: with <see cref="Inode"/> it names a file that has several hard links.</summary>
    public ulong DeviceId { get; init; }

    /// <summary>Bytes of a file, as many as were read.</summary>
    public ulong Size { get; init; }

    /// <summary>Number of hard links; 0 for folders, fifos and sockets.</summary>
    public ulong Links { get; init; }

    /// <summary>Where a symlink points to; any bytes.</summary>
    public RawPath LinkTarget { get; init; }

    public IReadOnlyList<ExtendedAttribute> ExtendedAttributes { get; init; } = [];

    /// <summary>The device that a device node stands for.</summary>
    public ulong Device { get; init; }

    /// <summary>The data blobs of a file in order, empty for an empty file; null for everything else.</summary>
    public IReadOnlyList<BlobId>? Content { get; init; }

    /// <summary>The tree of a folder; null for everything else.</summary>
    public BlobId? Subtree { get; init; }

    /// <summary>A remark of the client that wrote the node; this engine writes none.</summary>
    public string Error { get; init; } = "";

    /// <summary>Whether every field is equal, times compared as moments. The equality of the record itself compares lists by reference.</summary>
    public bool IsSameAs(TreeNode other) => ReferenceEquals(this, other)
        || (Name == other.Name && Type == other.Type && Mode == other.Mode
        && ModifiedAt.IsSameMoment(other.ModifiedAt) && AccessedAt.IsSameMoment(other.AccessedAt) && ChangedAt.IsSameMoment(other.ChangedAt)
        && Uid == other.Uid && Gid == other.Gid && User == other.User && Group == other.Group
        && Inode == other.Inode && DeviceId == other.DeviceId && Size == other.Size && Links == other.Links && Device == other.Device
        && LinkTarget == other.LinkTarget && Subtree == other.Subtree && Error == other.Error
        && (Content ?? []).SequenceEqual(other.Content ?? [])
        && ExtendedAttributes.Count == other.ExtendedAttributes.Count
        && ExtendedAttributes.Zip(other.ExtendedAttributes).All(pair => pair.First.Name == pair.Second.Name && pair.First.Value.Span.SequenceEqual(pair.Second.Value.Span)));
}
