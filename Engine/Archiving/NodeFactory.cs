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
        var isDevice = type is NodeType.BlockDevice or NodeType.CharacterDevice;
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
            Size = type == NodeType.File ? (ulong)status.Size : 0,
            Links = type is NodeType.File or NodeType.Symlink || isDevice ? status.Links : 0,
            LinkTarget = type == NodeType.Symlink ? LocalFiles.ReadLink(folder, entry) : default,
            Device = isDevice ? status.Device : 0,
            ExtendedAttributes = Attributes(folder, entry, absolutePath),
        };
    }

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
