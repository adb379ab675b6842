using BackupOnline.Engine.Files;
using BackupOnline.Engine.Trees;

namespace BackupOnline.Engine.Archiving;

/// <summary>Makes nodes from what the file system says, field by field as restic does.</summary>
internal sealed class NodeFactory(bool withAccessTimes, BackupLog log)
{
    private readonly AccountNames _accounts = new();

    /// <summary>The node of an entry; content and subtree are still missing.</summary>
    /// <param name="name">The name in the snapshot.</param>
    /// <param name="status">Its status.</param>
    /// <param name="folder">The folder that holds the entry.</param>
    /// <param name="entry">Its name there.</param>
    /// <param name="absolutePath">Its path, for messages and extended attributes.</param>
    public TreeNode Create(RawPath name, in FileStatus status, FolderHandle folder, RawPath entry, RawPath absolutePath)
    {
        var type = status.Type;
        return new TreeNode
        {
            Name = name,
            Type = type,
            Mode = status.Mode,
            ModifiedAt = status.ModifiedAt,
            AccessedAt = withAccessTimes ? status.AccessedAt : status.ModifiedAt,
            ChangedAt = status.ChangedAt,
            Uid = status.Uid,
            Gid = status.Gid,
            User = _accounts.User(status.Uid),
            Group = _accounts.Group(status.Gid),
            Inode = status.Inode,
            DeviceId = status.DeviceId,
            Size = SizeOf(status),
            Links = LinksOf(status),
            LinkTarget = type == NodeType.Symlink ? LocalFiles.ReadLink(folder, entry) : default,
            Device = DeviceOf(status),
            ExtendedAttributes = Attributes(folder, entry, absolutePath),
        };
    }

    /// <summary>
    /// The node of the parent snapshot when nothing of the entry changed since, with its content or subtree; else null. The time of the inode's last change is among what is compared,
    /// and a symlink's target or an extended attribute cannot change without it: they are not read again.
    /// </summary>
    public TreeNode? Unchanged(TreeNode? previous, in FileStatus status) =>
        previous is not null
        && previous.ChangedAt.IsSameMoment(status.ChangedAt)
        && previous.ModifiedAt.IsSameMoment(status.ModifiedAt)
        && previous.AccessedAt.IsSameMoment(withAccessTimes ? status.AccessedAt : status.ModifiedAt)
        && previous.Inode == status.Inode && previous.DeviceId == status.DeviceId
        && previous.Type == status.Type && previous.Mode == status.Mode
        && previous.Uid == status.Uid && previous.Gid == status.Gid
        && previous.User == _accounts.User(status.Uid) && previous.Group == _accounts.Group(status.Gid)
        && previous.Size == SizeOf(status) && previous.Links == LinksOf(status) && previous.Device == DeviceOf(status)
        && previous.Error.Length == 0
            ? previous
            : null;

    private static bool IsDevice(in FileStatus status) => status.Type is NodeType.BlockDevice or NodeType.CharacterDevice;

    private static ulong SizeOf(in FileStatus status) => status.IsFile ? (ulong)status.Size : 0;

    private static ulong LinksOf(in FileStatus status) => status.Type is NodeType.File or NodeType.Symlink || IsDevice(status) ? status.Links : 0;

    private static ulong DeviceOf(in FileStatus status) => IsDevice(status) ? status.Device : 0;

    private IReadOnlyList<ExtendedAttribute> Attributes(FolderHandle folder, RawPath entry, RawPath absolutePath)
    {
        try
        {
            return ExtendedAttributes.Read(
                folder, entry, absolutePath, (attribute, e) => log.Noticed(absolutePath, $"its attribute {attribute} could not be read ({e.Message})."));
        }
        catch (FileSystemException e)
        {
            log.Noticed(absolutePath, $"its extended attributes could not be read ({e.Message}).");
            return [];
        }
    }
}
