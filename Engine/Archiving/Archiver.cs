using BackupOnline.Engine.Files;
using BackupOnline.Engine.Repositories;
using BackupOnline.Engine.Snapshots;

namespace BackupOnline.Engine.Archiving;

/// <summary>Makes a snapshot of files and folders.</summary>
public static class Archiver
{
    /// <summary>
    /// Backs up into a repository whose index is loaded. Blobs are durable before the snapshot is; cancelled, the repository stays sound and the next run
    /// finds what was sent. Blobs whose pack the store lost are sent again. What cannot be read is in the result.
    /// </summary>
    /// <exception cref="NothingToBackUpException">Not one target could be read; no snapshot was made.</exception>
    /// <exception cref="RepositoryException">The repository failed.</exception>
    public static async Task<BackupResult> BackUpAsync(
        Repository repository, BackupOptions options, BackupProgress? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(repository);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        var time = repository.Options.Time;
        var (started, startedAt) = (time.GetTimestamp(), time.GetUtcNow());
        var workingFolder = options.WorkingFolder.IsEmpty ? LocalFiles.CurrentFolder : options.WorkingFolder;
        var paths = options.Targets.Select(target => target.MakeAbsolute(workingFolder).ToString()).Order(StringComparer.Ordinal).Distinct().ToList();
        var parent = options.Force ? null : options.Parent ?? await FindParentAsync(repository, options.Host, paths, options.Time ?? startedAt, cancellationToken);

        // A damaged repository must not be built upon: what its index promises in vain counts as not stored.
        var lost = await repository.ForgetLostPacksAsync(cancellationToken);
        if (lost.Blobs > 0)
            options.Observer?.Lost(lost);
        repository.ForgetMarkedPacks();

        var run = new BackupRun(repository, options, parent, workingFolder, progress ?? new BackupProgress());
        var tree = await run.ArchiveAsync(cancellationToken);
        if (run.Counter.Items == 0)
            throw new NothingToBackUpException(NothingMessage(run.Log), run.Log.Errors);

        var summary = run.Summarize(startedAt, time.GetUtcNow());
        var snapshot = new Snapshot
        {
            Time = options.Time ?? startedAt,
            Parent = parent?.Id,
            Tree = tree,
            Paths = paths,
            Hostname = options.Host,
            Username = options.Username,
            Uid = options.Uid,
            Gid = options.Gid,
            Excludes = options.ExcludeTexts.Count == 0 ? null : options.ExcludeTexts,
            Tags = options.Tags.Count == 0 ? null : options.Tags,
            ProgramVersion = options.ProgramVersion,
            Summary = summary,
        };
        if (!options.DryRun)
            snapshot = await repository.SaveSnapshotAsync(snapshot, cancellationToken);
        return new BackupResult
        {
            Snapshot = snapshot,
            Summary = summary,
            Duration = time.GetElapsedTime(started),
            ErrorCount = run.Log.ErrorCount,
            Errors = run.Log.Errors,
            Notices = run.Log.Notices,
            Lost = lost,
        };
    }

    /// <summary>The newest snapshot of the host that has all the paths and is not from the future of this one.</summary>
    private static async Task<Snapshot?> FindParentAsync(
        Repository repository, string host, List<string> paths, DateTimeOffset notAfter, CancellationToken cancellationToken)
    {
        var filter = new SnapshotFilter { Host = host, Paths = paths };

        // A damaged snapshot is no parent; check is where it is reported.
        var snapshots = await repository.SnapshotsAsync((_, _) => { }, cancellationToken);
        return snapshots.LastOrDefault(snapshot => filter.Matches(snapshot) && snapshot.Time <= notAfter);
    }

    private static string NothingMessage(BackupLog log) => log.Errors is [var first, ..]
        ? $"Nothing could be backed up, and no snapshot was made. {first.Path}: {first.Reason}. Check that the paths exist and that this user may read them."
        : "Everything was left out by the exclude rules, and no snapshot was made. Check the exclude rules against the paths.";
}
