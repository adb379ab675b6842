using BackupOnline.Engine.Files;

namespace BackupOnline.Engine.Restoring;

/// <summary>Removes from the target what the snapshot does not have.</summary>
internal sealed class TargetCleaner(ConfinedFolder target, RestoreSelection selection, RestoreLog log)
{
    /// <summary>Items removed; a folder counts once.</summary>
    public long Deleted { get; private set; }

    /// <param name="folder">A folder whose tree was read to its end.</param>
    /// <param name="names">All that the snapshot has in it, selected or not.</param>
    public void Clean(RestoreFolder folder, HashSet<RawPath> names)
    {
        try
        {
            using var handle = target.Open(folder.Path);
            foreach (var name in LocalFiles.EntryNames(handle).Where(name => !names.Contains(name)))
            {
                if (selection.Judge(RawPath.Root.Join(folder.PathOf(name)), isFolder: false).Selected)
                    Delete(handle, folder, name);
            }
        }
        catch (FileSystemException e)
        {
            // With --include a folder on the way need not be there.
            if (!e.IsNotFound)
                log.Failed(folder.Path, $"could not be looked through for what the snapshot does not have: {e.Message}.");
        }
    }

    private void Delete(FolderHandle handle, RestoreFolder folder, RawPath name)
    {
        try
        {
            TargetFiles.RemoveAll(handle, name);
            Deleted++;
        }
        catch (FileSystemException e)
        {
            log.Failed(folder.PathOf(name), $"is not in the snapshot and could not be removed: {e.Message}.");
        }
    }
}
