using BackupOnline.Engine.Ids;
using BackupOnline.Engine.Locks;
using BackupOnline.Engine.Pruning;
using BackupOnline.Engine.Repositories;
using BackupOnline.Engine.Stores;

namespace BackupOnline.StorageNode.Pruning;

/// <summary>
/// Forgets snapshots by name, then prunes. First the long part, beside running backups under a shared lock: copies what is needed out of half-empty packs, and
/// removes nothing. Then a short part alone, under an exclusive lock: plans with the forgotten snapshots left out, which also proves that all the others are whole,
/// removes those snapshots, and takes away what nothing needs any more. Cut off anywhere, every other snapshot is whole, and another run completes it.
/// </summary>
internal sealed class ForgetAndPrune(IRepositoryStore store, string password, RepositoryOptions options, LockOptions locks)
{
    /// <param name="forget">By whole name; one that is not there is forgotten already. No other snapshot is touched.</param>
    /// <param name="forgotten">Told when these snapshots are gone, before the prune.</param>
    /// <param name="cancellation">Stops between two objects.</param>
    /// <exception cref="RepositoryException">Locked: others are at work; only the first part was done. Corrupt: something that stays is damaged; nothing was removed.</exception>
    public async Task<PruneReport> RunAsync(IReadOnlySet<ObjectId> forget, Func<CancellationToken, Task> forgotten, CancellationToken cancellation)
    {
        await using var repository = await Repository.OpenAsync(store, password, options, cancellation);
        var repacked = await RepackAsync(repository, forget, cancellation);
        await using var again = repository.Reopened();
        return await RemoveAsync(again, forget, forgotten, cancellation) with { RepackedPacks = repacked };
    }

    private async Task<long> RepackAsync(Repository repository, IReadOnlySet<ObjectId> forget, CancellationToken cancellation)
    {
        await using var held = await LockHandle.AcquireAsync(repository, LockMode.Shared, locks, cancellation);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, held.Lost);
        var plan = await Pruner.PlanAsync(repository, new() { Beside = true, WithoutSnapshots = forget }, null, either.Token);
        return plan.Of(PackFate.Repack).Any() ? (await Pruner.PerformAsync(repository, plan, null, either.Token)).RepackedPacks : 0;
    }

    private async Task<PruneReport> RemoveAsync(
        Repository repository, IReadOnlySet<ObjectId> forget, Func<CancellationToken, Task> forgotten, CancellationToken cancellation)
    {
        await using var held = await LockHandle.AcquireAsync(repository, LockMode.Exclusive, locks, cancellation);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, held.Lost);
        var plan = await Pruner.PlanAsync(repository, new() { MaxRepackBytes = 0, WithoutSnapshots = forget }, null, either.Token);
        foreach (var snapshot in forget)
            await repository.RemoveSnapshotAsync(snapshot, either.Token);

        await forgotten(either.Token);
        var result = plan.ChangesNothing ? new PruneResult() : await Pruner.PerformAsync(repository, plan, null, either.Token);
        return new() { Snapshots = plan.Snapshots, RemovedPacks = result.RemovedPacks, RemovedBytes = result.RemovedBytes, RepackedPacks = 0 };
    }
}
