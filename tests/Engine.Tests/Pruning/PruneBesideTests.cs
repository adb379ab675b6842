using BackupOnline.Engine.Archiving;
using BackupOnline.Engine.Blobs;
using BackupOnline.Engine.Ids;
using BackupOnline.Engine.Pruning;
using BackupOnline.Engine.Repositories;
using BackupOnline.Engine.Stores;
using BackupOnline.Engine.Tests.Archiving;
using BackupOnline.Engine.Tests.Files;

namespace BackupOnline.Engine.Tests.Pruning;

/// <summary>Prunes beside running backups: a backup that decided to rely on stored data never loses it.</summary>
public sealed class PruneBesideTests
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private static readonly PruneOptions Beside = new() { MaxUnused = UnusedLimit.OfBytes(0), Grace = Hour, Beside = true };
    private static readonly PruneOptions Alone = new() { MaxUnused = UnusedLimit.OfBytes(0), Grace = Hour };

    [Fact]
    public async Task What_a_backup_relies_on_that_began_before_the_mark_stays()
    {
        using var vault = await MemoryVault.CreateAsync();
        await vault.ForgetAsync(await vault.BackUpAsync(1, 2, 3));
        await vault.BackUpAsync(4);
        await using var running = vault.Open();
        await running.LoadIndexAsync();
        running.ForgetMarkedPacks();
        Assert.False((await running.SaveBlobAsync(BlobType.Data, MemoryVault.Content(1))).IsNew);

        Assert.True((await vault.PruneAsync(Beside)).WaitingPacks > 0);
        await MemoryVault.BackUpAsync(running, 1, 5);
        await vault.ShouldBeSoundAsync();
        vault.Time.Advance(2 * Hour);
        await vault.PruneAsync(Alone);

        await vault.ShouldBeSoundAsync();
        Assert.Equal(2, (await vault.PlanAsync()).Snapshots);
    }

    [Fact]
    public async Task What_a_backup_relies_on_in_a_pack_that_was_repacked_stays()
    {
        using var vault = await MemoryVault.CreateAsync();
        var removed = await vault.BackUpAsync(MemoryVault.All);
        await vault.BackUpAsync(MemoryVault.Even);
        await vault.ForgetAsync(removed);
        await using var running = vault.Open();
        await running.LoadIndexAsync();
        running.ForgetMarkedPacks();

        Assert.True((await vault.PruneAsync(Beside)).RepackedPacks > 0);
        await vault.ShouldBeSoundAsync();
        await MemoryVault.BackUpAsync(running, MemoryVault.Odd);
        await vault.ShouldBeSoundAsync();
        vault.Time.Advance(2 * Hour);
        await vault.PruneAsync(Alone);

        await vault.ShouldBeSoundAsync();
    }

    [Fact]
    public async Task A_backup_that_begins_after_the_mark_does_not_rely_on_what_is_marked()
    {
        using var vault = await MemoryVault.CreateAsync();
        await vault.ForgetAsync(await vault.BackUpAsync(1, 2));
        await vault.BackUpAsync(3);
        await vault.PruneAsync(Beside);

        await using (var later = vault.Open())
        {
            await later.LoadIndexAsync();
            later.ForgetMarkedPacks();
            Assert.True((await later.SaveBlobAsync(BlobType.Data, MemoryVault.Content(1))).IsNew);
            Assert.False((await later.SaveBlobAsync(BlobType.Data, MemoryVault.Content(3))).IsNew);
        }

        // One that only reads still has everything.
        await using var reader = vault.Open();
        await reader.LoadIndexAsync();
        Assert.Equal(MemoryVault.Content(1), await reader.LoadBlobAsync(BlobType.Data, BlobId.Of(MemoryVault.Content(1))));
    }

    [Fact]
    public async Task A_marked_pack_goes_when_its_grace_time_is_over_and_not_before()
    {
        using var vault = await MemoryVault.CreateAsync();
        await vault.ForgetAsync(await vault.BackUpAsync(1, 2));
        await vault.BackUpAsync(3);
        var packs = (await vault.ListAsync(ObjectKind.Data)).Count;
        await vault.PruneAsync(Beside);
        vault.Time.Advance(Hour / 2);
        Assert.Equal(0, (await vault.PruneAsync(Alone)).RemovedPacks);
        Assert.Equal(packs, (await vault.ListAsync(ObjectKind.Data)).Count);

        // A second look does not begin the time anew.
        vault.Time.Advance(Hour / 2);
        Assert.True((await vault.PlanAsync(Beside)).DuePacks > 0);
        var result = await vault.PruneAsync(Alone);

        Assert.True(result.RemovedPacks > 0);
        Assert.Equal(0, result.WaitingPacks);
        await vault.ShouldBeSoundAsync();
        Assert.Empty((await vault.PlanAsync()).Of(PackFate.Remove));
        Assert.Empty((await vault.PlanAsync()).MarksBefore);
    }

    [Fact]
    public async Task Packs_of_a_backup_that_has_no_snapshot_yet_stay()
    {
        using var vault = await MemoryVault.CreateAsync();
        await vault.BackUpAsync(1);
        await using var running = vault.Open();
        await running.LoadIndexAsync();
        await running.SaveBlobAsync(BlobType.Data, MemoryVault.Content(2));
        await running.FlushAsync();

        await vault.PruneAsync(Beside);
        await MemoryVault.BackUpAsync(running, 1, 2);

        await vault.ShouldBeSoundAsync();
        vault.Time.Advance(2 * Hour);
        Assert.Equal(0, (await vault.PruneAsync(Alone)).RemovedPacks);
        await vault.ShouldBeSoundAsync();
    }

    [Fact]
    public async Task A_prune_runs_from_end_to_end_while_a_backup_stands_in_the_middle()
    {
        using var vault = await new EngineVault().InitAsync();
        await File.WriteAllBytesAsync(Path.Combine(vault.Source, "old"), OddTree.Noise(1, 2_000_000));
        await File.WriteAllBytesAsync(Path.Combine(vault.Source, "stays"), OddTree.Noise(2, 2_000_000));
        var first = await vault.BackUpAsync();
        File.Delete(Path.Combine(vault.Source, "old"));
        await vault.BackUpAsync();
        using (var store = new LocalStore(vault.Repository))
            await store.DeleteAsync(new ObjectName(ObjectKind.Snapshot, first.Snapshot.Id));

        // "again" has the content of "old", whose data nothing needs any more when the prune looks; the backup has decided to rely on it.
        await File.WriteAllBytesAsync(Path.Combine(vault.Source, "again"), OddTree.Noise(1, 2_000_000));
        await File.WriteAllBytesAsync(Path.Combine(vault.Source, "new"), OddTree.Noise(3, 2_000_000));
        var (standing, goOn) = (new TaskCompletionSource(), new TaskCompletionSource());
        var backup = vault.UseAsync(
            repository => Archiver.BackUpAsync(repository, vault.Options()),
            wrap: store =>
            {
                var gated = new FaultyStore(store);
                gated.Plan(new StoreFault
                {
                    Operation = StoreOperation.Put,
                    ObjectKind = ObjectKind.Data,
                    Kind = StoreFaultKind.Delay,
                    Gate = _ =>
                    {
                        standing.TrySetResult();
                        return goOn.Task;
                    },
                });
                return gated;
            });
        await standing.Task;
        var result = await PruneAsync(vault, Beside);
        Assert.True(result.WaitingPacks > 0);
        Assert.Equal(0, result.RemovedPacks);
        goOn.SetResult();
        var second = await backup;

        await StockRestic.RunAsync(vault.Repository, "check", "--read-data");
        await StockRestic.RunAsync(vault.Repository, "restore", second.Snapshot.Id.ToString(), "--target", vault.Folder["restored"]);
        Assert.Empty(new TreeComparer().Compare(vault.Source, vault.Folder["restored"] + vault.Source));
        await PruneAsync(vault, new PruneOptions { MaxUnused = UnusedLimit.OfBytes(0) });
        await StockRestic.RunAsync(vault.Repository, "check", "--read-data");
        await StockRestic.RunAsync(vault.Repository, "restore", second.Snapshot.Id.ToString(), "--target", vault.Folder["again"]);
        Assert.Empty(new TreeComparer().Compare(vault.Source, vault.Folder["again"] + vault.Source));
    }

    [Fact]
    public async Task The_archiver_sends_again_what_is_marked()
    {
        using var vault = await new EngineVault().InitAsync();
        await File.WriteAllBytesAsync(Path.Combine(vault.Source, "file"), OddTree.Noise(1, 100_000));
        var first = await vault.BackUpAsync();
        Assert.Equal(0, (await vault.BackUpAsync(new() { Targets = vault.Options().Targets, Host = "host", Force = true })).Summary.DataBlobs);
        using (var store = new LocalStore(vault.Repository))
        {
            await foreach (var snapshot in store.ListAsync(ObjectKind.Snapshot))
                await store.DeleteAsync(snapshot.Name);
        }

        await PruneAsync(vault, Beside);
        Assert.Equal(first.Summary.DataBlobs, (await vault.BackUpAsync()).Summary.DataBlobs);
        await StockRestic.RunAsync(vault.Repository, "check", "--read-data");
    }

    internal static async Task<PruneResult> PruneAsync(EngineVault vault, PruneOptions options)
    {
        using var store = new LocalStore(vault.Repository);
        await using var repository = await Repository.OpenAsync(store, StockRestic.Password);
        return await Pruner.PerformAsync(repository, await Pruner.PlanAsync(repository, options));
    }
}
