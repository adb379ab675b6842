using BackupOnline.Engine.Files;
using BackupOnline.Engine.Repositories;
using BackupOnline.Engine.Trees;

namespace BackupOnline.Engine.Restoring;

/// <summary>Carries out what is planned: contents, then further names, then the metadata of folders in which nothing is written any more.</summary>
internal sealed class BatchPerformer(
    Repository repository, RestoreOptions options, ConfinedFolder target, FolderCursor folders, RestoreTally tally, RestoreProgress progress, RestoreLog log)
{
    private readonly MetadataWriter _metadata = new(log);
    private readonly ContentWriter _content = new(repository, target, options, progress, log, new MetadataWriter(log));
    private readonly RestoreVerifier _verifier = new(repository, target, options, log);

    public long FilesVerified => _verifier.Files;

    /// <summary>Leaves the batch empty.</summary>
    public async Task PerformAsync(RestoreBatch batch, CancellationToken cancellationToken)
    {
        await _content.WriteAsync(batch, cancellationToken);
        if (options.Verify)
            await _verifier.VerifyAsync(batch.Files, cancellationToken);
        foreach (var file in batch.Files)
            Finish(file);
        foreach (var (folder, node, first) in batch.Links)
            Link(folder, node, first);
        foreach (var folder in batch.Closed.Where(folder => !folder.Existed || options.Overwrite != OverwritePolicy.Never))
            InFolder(folder.Parent!, folder.Path, handle => _metadata.Apply(handle, folder.Node!, folder.Path));
        batch.Clear();
    }

    private void Finish(RestoreFile file)
    {
        if (file is { IsMade: true, IsFinished: false })
            InFolder(file.Folder, file.Path, handle => _metadata.Apply(handle, file.Node, file.Path));
        if (!file.IsFailed)
            Done(file.Length);
    }

    private void Link(RestoreFolder folder, TreeNode node, RestoreFile first)
    {
        var path = folder.PathOf(node.Name);
        if (!first.IsMade)
        {
            log.Failed(path, $"could not be restored: it is another name of {first.Path}, which could not be restored.", first.IsDamaged);
            return;
        }

        var isLinked = InFolder(folder, path, handle =>
        {
            TargetFiles.Remove(handle, node.Name);
            using var from = target.Open(first.Folder.Path);
            TargetFiles.Link(from, first.Node.Name, handle, node.Name);
        });
        if (isLinked && first.IsFailed)
            log.Failed(path, $"is incomplete, as it is another name of {first.Path}.", first.IsDamaged);
        else if (isLinked)
            Done(bytes: 0);
    }

    private void Done(long bytes)
    {
        tally.FileDone(bytes);
        progress.FileDone();
    }

    private bool InFolder(RestoreFolder folder, RawPath path, Action<FolderHandle> action)
    {
        try
        {
            action(folders.Open(folder));
            return true;
        }
        catch (FileSystemException e) when (!e.IsFull)
        {
            log.Failed(path, $"could not be finished: {e.Message}.");
            return false;
        }
    }
}
