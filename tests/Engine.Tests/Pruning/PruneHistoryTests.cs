using BackupOnline.Engine.Pruning;
using BackupOnline.Engine.Repositories;
using BackupOnline.Engine.Snapshots;
using BackupOnline.Engine.Stores;

namespace BackupOnline.Engine.Tests.Pruning;

/// <summary>Random histories of backups, removals and prunes of every kind, some cut off: sound at every moment.</summary>
public sealed class PruneHistoryTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Whatever_happens_every_snapshot_is_whole(int seed)
    {
        var random = new Random(seed);
        using var vault = await MemoryVault.CreateAsync();
        var snapshots = new List<Snapshot>();
        for (var step = 0; step < 60; step++)
        {
            vault.Time.Advance(TimeSpan.FromMinutes(random.Next(60)));
            switch (random.Next(4))
            {
                case 0 or 1:
                    snapshots.Add(await vault.BackUpAsync(Some(random)));
                    break;
                case 2 when snapshots.Count > 0:
                    var removed = snapshots[random.Next(snapshots.Count)];
                    snapshots.Remove(removed);
                    await vault.ForgetAsync(removed);
                    break;
                default:
                    snapshots.AddRange(await PruneAsync(vault, random));
                    break;
            }

            await vault.ShouldBeSoundAsync();
        }

        await vault.PruneAsync(new PruneOptions { MaxUnused = UnusedLimit.OfBytes(0) });
        await vault.ShouldBeSoundAsync();
        Assert.Equal(snapshots.Count, (await vault.PlanAsync()).Snapshots);
        Assert.True((await vault.PlanAsync(new PruneOptions { MaxUnused = UnusedLimit.OfBytes(0) })).ChangesNothing);
    }

    /// <summary>One prune: alone or beside a backup that began before it and ends after it; perhaps cut off.</summary>
    private static async Task<List<Snapshot>> PruneAsync(MemoryVault vault, Random random)
    {
        var beside = random.Next(2) == 0;
        var options = new PruneOptions
        {
            Beside = beside,
            Grace = beside || random.Next(2) == 0 ? TimeSpan.FromMinutes(random.Next(1, 90)) : TimeSpan.Zero,
            MaxUnused = UnusedLimit.OfBytes(random.Next(2) * 20_000),
            MaxRepackBytes = random.Next(3) == 0 ? 100_000 : long.MaxValue,
            RepackSmall = random.Next(3) == 0,
        };
        Repository? running = null;
        if (beside)
        {
            running = vault.Open();
            await running.LoadIndexAsync();
            running.ForgetMarkedPacks();
        }

        using var store = new FaultyStore(vault.Store);
        if (random.Next(2) == 0)
            store.CutOffAfter(random.Next(12));
        try
        {
            await vault.PruneAsync(options, store);
        }
        catch (RepositoryException e) when (e.Problem == RepositoryProblem.Unreachable)
        {
            // Cut off.
        }

        if (running is null)
            return [];
        await using (running)
            return [await MemoryVault.BackUpAsync(running, Some(random))];
    }

    private static int[] Some(Random random) => [.. Enumerable.Range(0, random.Next(1, 12)).Select(_ => random.Next(40)).Distinct()];
}
