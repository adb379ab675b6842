using BackupOnline.Engine.Ids;
using BackupOnline.Engine.Repositories;
using BackupOnline.Engine.Stores;

namespace BackupOnline.Engine.Pruning;

/// <summary>
/// Removes what no snapshot needs. Plan, then perform; both under one lock: an exclusive one, or a shared one with <see cref="PruneOptions.Beside"/>.
/// </summary>
public static class Pruner
{
    private static readonly TimeSpan RemnantAge = TimeSpan.FromDays(1);

    /// <summary>Finds out what is needed, and decides; changes nothing. Loads the index of a repository that was just opened.</summary>
    /// <exception cref="RepositoryException">
    /// Corrupt: a snapshot, a tree or an index file cannot be read, or needed data is missing: what is needed is then not known for certain, so nothing may be removed.
    /// </exception>
    public static async Task<PrunePlan> PlanAsync(
        Repository repository, PruneOptions options, PruneProgress? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(repository);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();

        // Snapshots before the index, the index before the packs: what an earlier list needs, a later one has, though a backup may add to all.
        var snapshots = (await repository.SnapshotsAsync(null, cancellationToken)).Where(snapshot => !options.WithoutSnapshots.Contains(snapshot.Id)).ToList();
        await repository.LoadIndexAsync(null, cancellationToken);
        var used = await UsedBlobsWalk.FindAsync(repository, snapshots, options.ReadConcurrency, progress ?? new PruneProgress(), cancellationToken);
        if (used.Missing.Count > 0)
            throw PrunePlan.Damage($"Blobs that snapshots need are in no index file, {used.Missing.First()} is one of them");

        var stored = new List<(ObjectId, long)>();
        await foreach (var pack in repository.Store.ListAsync(ObjectKind.Data, cancellationToken))
            stored.Add((pack.Name.Id, pack.Length));
        var census = PackCensus.Take(used, stored, repository.Marks.All());
        var plan = PruneRule.Plan(census.Packs, options, repository.StoreNow, repository.Options.PackSizeBytes) with
        {
            // All of them, also of packs that are gone: those marks are to go too.
            MarksBefore = repository.Marks.All(),
            Census = census,
            Snapshots = snapshots.Count,
        };
        plan.ThrowIfDamaged();
        return plan;
    }

    /// <summary>Removes what killed writers left in the store for longer than any writing takes. Needs no room, so it comes before everything that does.</summary>
    public static Task<StoreRemnants> RemoveRemnantsAsync(Repository repository, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(repository);
        return repository.Store.RemoveRemnantsAsync(repository.Options.Time.GetUtcNow() - RemnantAge, cancellationToken);
    }

    /// <summary>Does what the plan says. Cut off at any moment, every snapshot stays whole, and the next prune completes the work.</summary>
    /// <exception cref="RepositoryException">The store refuses, cannot be reached or has no room for an index file.</exception>
    public static async Task<PruneResult> PerformAsync(
        Repository repository, PrunePlan plan, PruneProgress? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(repository);
        ArgumentNullException.ThrowIfNull(plan);
        if (plan.Census is null)
            throw new ArgumentException("The plan was not made for a repository.", nameof(plan));
        return await new PruneRun(repository, plan, progress ?? new PruneProgress()).RunAsync(cancellationToken);
    }
}
