using BackupOnline.Engine.Files;
using BackupOnline.Engine.Repositories;

namespace BackupOnline.Engine.Restoring;

/// <summary>Writes the files of a snapshot into a folder.</summary>
public static class Restorer
{
    /// <summary>
    /// Restores from a repository whose index is loaded. Every blob is verified. Nothing is written outside of the target, whatever the tree or the target holds.
    /// What could not be restored is in the result.
    /// </summary>
    /// <exception cref="RestoreFailedException">The target cannot be written at all, or is full.</exception>
    /// <exception cref="RepositoryException">The repository cannot be reached.</exception>
    public static async Task<RestoreResult> RestoreAsync(
        Repository repository, RestoreOptions options, RestoreProgress? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(repository);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        progress ??= new RestoreProgress();
        var time = repository.Options.Time;
        var started = time.GetTimestamp();
        try
        {
            using var target = ConfinedFolder.OpenOrCreate(options.Target.MakeAbsolute(LocalFiles.CurrentFolder));
            var log = new RestoreLog(progress, options.OnError);
            using var folders = new FolderCursor(target);
            var run = new RestoreRun(repository, options, target, folders, progress, log);
            await run.RunAsync(cancellationToken);
            return new RestoreResult
            {
                Files = run.Tally.Files,
                FilesWanted = run.Tally.FilesWanted,
                OtherItems = run.Tally.OtherItems,
                Bytes = run.Tally.Bytes,
                BytesWanted = run.Tally.BytesWanted,
                FilesSkipped = run.Tally.FilesSkipped,
                BytesSkipped = run.Tally.BytesSkipped,
                FilesVerified = run.FilesVerified,
                Deleted = run.Deleted,
                Duration = time.GetElapsedTime(started),
                ErrorCount = log.Count,
                DamageCount = log.DamageCount,
                Errors = log.Errors,
            };
        }
        catch (FileSystemException e) when (e.IsFull)
        {
            throw new RestoreFailedException(
                $"No space left on target {options.Target}: the restore is incomplete. Free some room or choose another target, then restore again.", e);
        }
        catch (FileSystemException e)
        {
            throw new RestoreFailedException($"Cannot restore into {options.Target}: {e.Message}. Check the path and the rights of this user, or choose another target.", e);
        }
    }
}
