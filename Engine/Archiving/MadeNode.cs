using BackupOnline.Engine.Files;
using BackupOnline.Engine.Ids;
using BackupOnline.Engine.Trees;

namespace BackupOnline.Engine.Archiving;

/// <summary>Makes nodes of files and folders that no disk holds.</summary>
internal sealed class MadeNode(DateTimeOffset time, uint uid, uint gid)
{
    private readonly NodeTime _at = At(time);

    /// <param name="name">The entry's name.</param>
    /// <param name="unixPermissions">As <c>chmod</c> has them.</param>
    /// <param name="content">The blobs in order.</param>
    /// <param name="length">Bytes of them all.</param>
    public TreeNode File(RawPath name, uint unixPermissions, IReadOnlyList<BlobId> content, long length) =>
        Node(name, NodeType.File, 0x8000 | unixPermissions) with { Content = content, Size = (ulong)length };

    /// <summary>A folder, <c>rwxr-xr-x</c>.</summary>
    public TreeNode Folder(RawPath name, BlobId tree) => Node(name, NodeType.Folder, 0x41ed) with { Subtree = tree };

    private static NodeTime At(DateTimeOffset time)
    {
        var ticks = time.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks;
        var seconds = Math.DivRem(ticks, TimeSpan.TicksPerSecond, out var rest);
        return rest < 0 ? new NodeTime(seconds - 1, (int)((rest + TimeSpan.TicksPerSecond) * 100)) : new NodeTime(seconds, (int)rest * 100);
    }

    private TreeNode Node(RawPath name, NodeType type, uint unixMode) => new()
    {
        Name = name,
        Type = type,
        Mode = NodeMode.FromUnix(unixMode),
        ModifiedAt = _at,
        AccessedAt = _at,
        ChangedAt = _at,
        Uid = uid,
        Gid = gid,
    };
}
