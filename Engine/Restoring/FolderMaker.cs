using BackupOnline.Engine.Files;

namespace BackupOnline.Engine.Restoring;

/// <summary>Makes a snapshot's folders in the target when something is to stand in them.</summary>
internal sealed class FolderMaker(FolderCursor folders, OverwritePolicy overwrite, RestoreLog log)
{
    /// <summary>Makes the folder and those above it; false when it, or one above it, could not be made. What stands in its place and is no folder, a symlink above all, is replaced.</summary>
    public bool Ensure(RestoreFolder folder)
    {
        folder.IsUsed = true;
        if (folder.IsMade)
        {
            if (folder.Parent is { IsUsed: false } parent)
                Ensure(parent);
            return !folder.IsBroken;
        }

        folder.IsMade = true;
        folder.IsBroken = !Ensure(folder.Parent!);
        if (folder.IsBroken)
            return false;
        try
        {
            folder.IsBroken = !Make(folder);
        }
        catch (FileSystemException e) when (!e.IsFull)
        {
            folder.IsBroken = true;
            log.Failed(folder.Path, $"the folder could not be made: {e.Message}. What is in it is not restored.");
        }

        return !folder.IsBroken;
    }

    private bool Make(RestoreFolder folder)
    {
        var handle = folders.Open(folder.Parent!);
        folder.Existed = !TargetFiles.TryMakeFolder(handle, folder.Name);
        if (!folder.Existed || LocalFiles.Status(handle, folder.Name).IsFolder)
            return true;
        if (overwrite == OverwritePolicy.Never)
        {
            log.Failed(folder.Path, "is in the way: it is no folder, and nothing is to be overwritten. What is in the folder is not restored.");
            return false;
        }

        folder.Existed = false;
        TargetFiles.Remove(handle, folder.Name);
        _ = TargetFiles.TryMakeFolder(handle, folder.Name);
        return true;
    }
}
