using BackupOnline.Engine.Files;
using BackupOnline.Engine.Trees;
using Microsoft.Win32.SafeHandles;

namespace BackupOnline.Engine.Restoring;

/// <summary>Puts owner, attributes, permissions and times on what was restored, in the order in which they do not undo each other.</summary>
internal sealed class MetadataWriter(RestoreLog log)
{
    private readonly (uint Uid, uint Gid) _self = LocalFiles.Self();

    public void Apply(FolderHandle folder, TreeNode node, RawPath path)
    {
        // A change of owner clears set-user-id and capabilities; attributes need the file still writable; any of them changes the times.
        Try(path, () => Give(() => TargetFiles.SetOwner(folder, node.Name, node.Uid, node.Gid)));
        foreach (var attribute in node.ExtendedAttributes)
            Try(path, () => ExtendedAttributes.Write(folder, node.Name, attribute));
        if (node.Type != NodeType.Symlink)
            Try(path, () => TargetFiles.SetPermissions(folder, node.Name, node.Mode.UnixPermissions));
        Try(path, () => TargetFiles.SetTimes(folder, node.Name, node.AccessedAt, node.ModifiedAt));
    }

    /// <summary>The same for a file without extended attributes that was just made with the node's permissions. What it has already, as it mostly does, is not set again.</summary>
    public void Apply(SafeFileHandle handle, RestoreFile file)
    {
        var node = file.Node;
        try
        {
            var fresh = Look(handle, file);
            if (fresh.Uid != node.Uid || fresh.Gid != node.Gid)
                SetOwner(handle, file);

            // After the owner: giving a file away takes set-user-id off, which a fresh file never has.
            if (fresh.Permissions != node.Mode.UnixPermissions)
                TargetFiles.SetPermissions(handle, node.Mode.UnixPermissions);
            TargetFiles.SetTimes(handle, node.AccessedAt, node.ModifiedAt);
        }
        catch (FileSystemException e)
        {
            NotAll(file.Path, e);
        }
    }

    /// <summary>One look for all files of a folder.</summary>
    private static FreshFile Look(SafeFileHandle handle, RestoreFile file)
    {
        if (file.Folder.Fresh is { } known)
            return known;
        var status = LocalFiles.Status(handle);
        return file.Folder.Fresh = new FreshFile(status.Uid, status.Gid, status.Mode.UnixPermissions);
    }

    // By itself, as what it hands on is made for every file that comes here.
    private void SetOwner(SafeFileHandle handle, RestoreFile file) => Try(file.Path, () => Give(() => TargetFiles.SetOwner(handle, file.Node.Uid, file.Node.Gid)));

    private void Give(Action change)
    {
        try
        {
            change();
        }
        catch (FileSystemException e) when (e.IsDenied && _self.Uid != 0)
        {
            // Only root may give files away; whoever restores without being root gets his own files, as with cp -p.
        }
    }

    private void Try(RawPath path, Action action)
    {
        try
        {
            action();
        }
        catch (FileSystemException e)
        {
            NotAll(path, e);
        }
    }

    private void NotAll(RawPath path, FileSystemException e) => log.Failed(path, $"was restored, but not all of its metadata ({e.Message}).");
}
