using BackupOnline.Engine.Files;
using BackupOnline.Engine.Ids;
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

        var lost = await SnapshotFinish.ForgetLostAsync(repository, options.Observer, cancellationToken);
        var run = new BackupRun(repository, options, parent, workingFolder, progress ?? new BackupProgress());
        var tree = await run.ArchiveAsync(cancellationToken);
        if (run.Counter.Items == 0)
            throw new NothingToBackUpException(NothingMessage(run.Log), run.Log.Errors);

        var made = new Made(startedAt, paths, parent, tree, run.Summarize(startedAt, time.GetUtcNow()), run.Log, lost);
        return await FinishAsync(repository, options, made, () => time.GetElapsedTime(started), cancellationToken);
    }

    /// <summary>
    /// Backs up what a stream gives as the only file of a snapshot, at the path of the only target, below <c>/</c>. As <see cref="BackUpAsync"/>; it has no parent.
    /// A stream that fails makes no snapshot.
    /// </summary>
    /// <exception cref="NothingToBackUpException">The stream gave nothing; no snapshot was made.</exception>
    public static async Task<BackupResult> BackUpStreamAsync(
        Repository repository, BackupOptions options, Stream content, BackupProgress? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(repository);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(content);
        options.Validate();
        var time = repository.Options.Time;
        var (started, startedAt) = (time.GetTimestamp(), time.GetUtcNow());
        var lost = await SnapshotFinish.ForgetLostAsync(repository, options.Observer, cancellationToken);
        var run = new StreamRun(repository, options, progress ?? new BackupProgress());
        var tree = await run.ArchiveAsync(content, options.Time ?? startedAt, cancellationToken);
        var made = new Made(startedAt, [run.Path.ToString()], null, tree, run.Summarize(startedAt, time.GetUtcNow()), run.Log, lost);
        return await FinishAsync(repository, options, made, () => time.GetElapsedTime(started), cancellationToken);
    }

    private sealed record Made(DateTimeOffset StartedAt, List<string> Paths, Snapshot? Parent, BlobId Tree, SnapshotSummary Summary, BackupLog Log, LostPacks Lost);

    private static Task<BackupResult> FinishAsync(Repository repository, BackupOptions options, Made made, Func<TimeSpan> elapsed, CancellationToken cancellationToken)
    {
        var snapshot = new Snapshot
        {
            Time = options.Time ?? made.StartedAt,
            Parent = made.Parent?.Id,
            Tree = made.Tree,
            Paths = made.Paths,
            Hostname = options.Host,
            Username = options.Username,
            Uid = options.Uid,
            Gid = options.Gid,
            Excludes = options.ExcludeTexts.Count == 0 ? null : options.ExcludeTexts,
            Tags = options.Tags.Count == 0 ? null : options.Tags,
            ProgramVersion = options.ProgramVersion,
            Summary = made.Summary,
        };
        var finish = new SnapshotFinish
        {
            Snapshot = snapshot,
            Summary = made.Summary,
            Log = made.Log,
            Lost = made.Lost,
            DryRun = options.DryRun,
            IsSkipped = options.SkipIfUnchanged && made.Parent?.Tree == made.Tree,
        };
        return finish.RunAsync(repository, elapsed, cancellationToken);
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
