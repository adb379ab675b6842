using BackupOnline.Engine.Files;

namespace BackupOnline.Engine.Archiving;

/// <summary>Counts the files and bytes that a backup will meet, while it already runs. Errors are the backup's to report.</summary>
internal sealed class TotalsCounter(EntryGate gate, RawPath workingFolder, BackupProgress progress)
{
    public void Count(TargetTree targets, CancellationToken cancellationToken)
    {
        // Paths, not handles: a folder may have more folders than a process may have files open.
        var folders = new Stack<RawPath>();
        var trees = new Stack<TargetTree>([targets]);
        while (trees.TryPop(out var tree))
        {
            foreach (var entry in tree.Entries.Values)
                trees.Push(entry);
            if (!tree.Source.IsEmpty)
                CountTarget(tree.Source, folders, cancellationToken);
        }

        progress.AllCounted();
    }

    private void CountTarget(RawPath target, Stack<RawPath> folders, CancellationToken cancellationToken)
    {
        var absolute = target.MakeAbsolute(workingFolder);
        try
        {
            using var parent = LocalFiles.OpenFolderFollowing(absolute.Parent);
            CountEntry(parent, absolute.FileName, absolute, gate.TagsIn(parent, absolute.Parent), LocalFiles.Status(parent).DeviceId, folders);
        }
        catch (FileSystemException)
        {
        }

        while (folders.TryPop(out var folder))
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                using var handle = LocalFiles.OpenFolder(folder);
                var (tags, device) = (gate.TagsIn(handle, folder), LocalFiles.Status(handle).DeviceId);
                foreach (var name in LocalFiles.EntryNames(handle))
                    CountEntry(handle, name, folder.Join(name), tags, device, folders);
            }
            catch (FileSystemException)
            {
            }
        }
    }

    private void CountEntry(
        FolderHandle parent, RawPath name, RawPath absolute, IReadOnlyList<Filters.FolderTag> tags, ulong device, Stack<RawPath> folders)
    {
        if (gate.ExcludesName(absolute, name, tags))
            return;
        try
        {
            var status = LocalFiles.Status(parent, name);
            if (gate.Excludes(absolute, status, device))
                return;
            if (status.IsFile)
                progress.Counted(status.Size);
            else if (status.IsFolder && !gate.KeepsEmpty(absolute, status))
                folders.Push(absolute);
        }
        catch (FileSystemException)
        {
        }
    }
}
