using BackupOnline.Engine.Archiving;
using BackupOnline.Engine.Checking;
using BackupOnline.Engine.Files;
using BackupOnline.Engine.Ids;
using BackupOnline.Engine.Locks;
using BackupOnline.Engine.Repositories;
using BackupOnline.Engine.Stores;
using BackupOnline.StorageNode.Pruning;

namespace BackupOnline.StorageNode.Tests.Pruning;

public sealed class ForgetAndPruneTests
{
    private const string Password = "pw";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Killed_after_any_other_change_nothing_that_stays_is_hurt_and_the_next_run_completes_it()
    {
        using var filled = new MemoryStore();
        var snapshots = await FillAsync(filled);
        var (forget, keep) = (snapshots[..2], snapshots[2..]);
        using var whole = await CopyAsync(filled);
        await RunAsync(whole, forget);
        var expected = await CountAsync(whole, ObjectKind.Data);

        for (var changes = 0; ; changes += 2)
        {
            using var copy = await CopyAsync(filled);
            var cut = new FaultyStore(copy);
            cut.CutOffAfter(changes);
            var isCut = await Record.ExceptionAsync(() => RunAsync(cut, forget)) is not null;
            await RemoveLocksAsync(copy);

            var told = await RunAsync(copy, forget);

            await ShouldHoldAsync(copy, keep);
            Assert.Equal((keep.Length, true), (told.Snapshots, await CountAsync(copy, ObjectKind.Data) <= expected + 1));
            if (isCut)
                continue;
            Assert.True(changes > 10, $"A whole run made {changes} changes.");
            break;
        }
    }

    [Fact]
    public async Task Without_an_order_no_snapshot_is_forgotten()
    {
        using var store = new MemoryStore();
        var snapshots = await FillAsync(store);

        var told = 0;
        var report = await new ForgetAndPrune(store, Password, new RepositoryOptions(), new LockOptions { SettleDelay = TimeSpan.Zero })
            .RunAsync(new HashSet<ObjectId>(), _ => Task.FromResult(told++), Cancel);

        Assert.Equal((snapshots.Length, 1), (report.Snapshots, told));
        await ShouldHoldAsync(store, snapshots);
    }

    [Fact]
    public async Task Who_cannot_be_told_that_snapshots_are_forgotten_is_told_by_the_next_run()
    {
        using var store = new MemoryStore();
        var snapshots = await FillAsync(store);
        var prune = new ForgetAndPrune(store, Password, new RepositoryOptions(), new LockOptions { SettleDelay = TimeSpan.Zero });

        await Assert.ThrowsAsync<TimeoutException>(() => prune.RunAsync(snapshots[..1].ToHashSet(), _ => throw new TimeoutException(), Cancel));
        var told = 0;
        var report = await prune.RunAsync(snapshots[..1].ToHashSet(), _ => Task.FromResult(told++), Cancel);

        Assert.Equal((2, 1, true), (report.Snapshots, told, report.RemovedPacks > 0));
        Assert.Equal(0, await CountAsync(store, ObjectKind.Lock));
        await ShouldHoldAsync(store, snapshots[1..]);
    }

    /// <summary>Three snapshots that share parts, spread over packs of which some become half empty.</summary>
    private static async Task<ObjectId[]> FillAsync(MemoryStore store)
    {
        var options = new RepositoryOptions { PackSizeBytes = 4 << 20 };
        await using var repository = await Repository.InitAsync(store, Password, options, Cancel);
        var random = new Random(3);
        var content = new byte[12 << 20];
        random.NextBytes(content);
        var made = new List<ObjectId>();
        for (var day = 0; day < 3; day++)
        {
            random.NextBytes(content.AsSpan(day * (4 << 20), 3 << 20));
            await using var again = repository.Reopened();
            await again.LoadIndexAsync(null, Cancel);
            var result = await Archiver.BackUpStreamAsync(
                again, new BackupOptions { Targets = [RawPath.FromText("/disk")], Host = "host" }, new MemoryStream(content), null, Cancel);
            made.Add(result.Snapshot.Id);
        }

        return [.. made];
    }

    private static Task<PruneReport> RunAsync(IRepositoryStore store, ObjectId[] forget) =>
        new ForgetAndPrune(store, Password, new RepositoryOptions(), new LockOptions { SettleDelay = TimeSpan.Zero })
            .RunAsync(forget.ToHashSet(), _ => Task.CompletedTask, Cancel);

    private static async Task ShouldHoldAsync(MemoryStore store, ObjectId[] snapshots)
    {
        await using var repository = await Repository.OpenAsync(store, Password, null, Cancel);
        Assert.Equal(snapshots.Order(), (await repository.SnapshotsAsync(null, Cancel)).Select(snapshot => snapshot.Id).Order());
        var result = await Checker.CheckAsync(repository, new CheckOptions { ReadData = true }, null, Cancel);
        Assert.True(result.ErrorCount == 0, string.Join('\n', result.Findings));
    }

    // What a process that was killed leaves is taken for dead by the next one: here it is the same process.
    private static async Task RemoveLocksAsync(MemoryStore store)
    {
        await foreach (var stored in store.ListAsync(ObjectKind.Lock, Cancel))
            await store.DeleteAsync(stored.Name, Cancel);
    }

    private static async Task<MemoryStore> CopyAsync(MemoryStore store)
    {
        var copy = new MemoryStore();
        foreach (var kind in Enum.GetValues<ObjectKind>())
        {
            await foreach (var stored in store.ListAsync(kind, Cancel))
                await copy.PutAsync(stored.Name, await store.GetAsync(stored.Name, Cancel), Cancel);
        }

        return copy;
    }

    private static async Task<int> CountAsync(MemoryStore store, ObjectKind kind)
    {
        var count = 0;
        await foreach (var _ in store.ListAsync(kind, Cancel))
            count++;
        return count;
    }
}
