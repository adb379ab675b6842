using BackupOnline.Engine.Archiving;
using BackupOnline.Engine.Repositories;
using BackupOnline.Engine.Snapshots;

namespace BackupOnline.Engine.Images;

/// <summary>
/// Makes a snapshot of disks. Every snapshot is whole: of an incremental image, the blocks that nobody touched are taken over from the parent's list, unread and unsent.
/// </summary>
public static class ImageArchiver
{
    /// <summary>
    /// Backs up into a repository whose index is loaded. Blobs are durable before the snapshot is; cancelled or failed, the repository stays sound, no snapshot is made,
    /// and the next run finds what was sent.
    /// </summary>
    /// <exception cref="ImageParentException">An incremental image does not fit its parent: nothing was read.</exception>
    /// <exception cref="ImageSourceException">A source gave extents that cannot be.</exception>
    /// <exception cref="RepositoryException">The repository failed.</exception>
    public static async Task<ImageBackupResult> BackUpAsync(
        Repository repository, ImageBackupOptions options, BackupProgress? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(repository);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        var time = repository.Options.Time;
        var (started, startedAt) = (time.GetTimestamp(), time.GetUtcNow());
        var lost = await SnapshotFinish.ForgetLostAsync(repository, options.Observer, cancellationToken);
        var run = new ImageRun(repository, options, startedAt, progress ?? new BackupProgress());
        var (tree, images) = await run.ArchiveAsync(cancellationToken);
        var summary = run.Summarize(startedAt, time.GetUtcNow());
        var finish = new SnapshotFinish
        {
            Snapshot = new Snapshot
            {
                Time = options.Time ?? startedAt,
                Parent = options.Parent?.Id,
                Tree = tree,
                Paths = [options.Folder],
                Hostname = options.Host,
                Tags = options.Tags.Count == 0 ? null : options.Tags,
                ProgramVersion = options.ProgramVersion,
                Summary = summary,
            },
            Summary = summary,
            Log = run.Log,
            Lost = lost,
        };
        return new ImageBackupResult(await finish.RunAsync(repository, () => time.GetElapsedTime(started), cancellationToken), images);
    }
}
