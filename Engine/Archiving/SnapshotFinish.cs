using BackupOnline.Engine.Repositories;
using BackupOnline.Engine.Snapshots;

namespace BackupOnline.Engine.Archiving;

/// <summary>The two ends that every kind of backup has in common: what is not built upon at its beginning, and how its snapshot becomes durable.</summary>
internal sealed class SnapshotFinish
{
    public required Snapshot Snapshot { get; init; }

    public required SnapshotSummary Summary { get; init; }

    public required BackupLog Log { get; init; }

    public required LostPacks Lost { get; init; }

    /// <summary>Nothing was saved, and no snapshot is.</summary>
    public bool DryRun { get; init; }

    /// <summary>The snapshot is not wanted; what was saved becomes durable all the same.</summary>
    public bool IsSkipped { get; init; }

    // A damaged repository must not be built upon: what its index promises in vain, or a prune has marked, counts as not stored.
    public static async Task<LostPacks> ForgetLostAsync(Repository repository, IBackupObserver? observer, CancellationToken cancellationToken)
    {
        var lost = await repository.ForgetLostPacksAsync(cancellationToken);
        if (lost.Blobs > 0)
            observer?.Lost(lost);
        repository.ForgetMarkedPacks();
        return lost;
    }

    public async Task<BackupResult> RunAsync(Repository repository, Func<TimeSpan> elapsed, CancellationToken cancellationToken)
    {
        var snapshot = Snapshot;
        if (!DryRun && !IsSkipped)
            snapshot = await repository.SaveSnapshotAsync(snapshot, cancellationToken);
        else if (!DryRun)
            await repository.FlushAsync(cancellationToken);
        return new BackupResult
        {
            Snapshot = snapshot,
            IsSkipped = IsSkipped,
            Summary = Summary,
            Duration = elapsed(),
            ErrorCount = Log.ErrorCount,
            Errors = Log.Errors,
            Notices = Log.Notices,
            Lost = Lost,
        };
    }
}
