using BackupOnline.Engine.Ids;
using BackupOnline.Engine.Pruning;
using BackupOnline.Engine.Repositories;
using BackupOnline.Engine.Stores;

namespace BackupOnline.Engine.Tests.Pruning;

/// <summary>A prune that is killed after any of its changes, or whose disk is full at any of them: nothing that a snapshot needs is lost, and the next prune completes it.</summary>
public sealed class PruneCrashTests
{
    private static readonly PruneOptions Tight = new() { MaxUnused = UnusedLimit.OfBytes(0) };
    private static readonly PruneOptions WithGrace = new() { MaxUnused = UnusedLimit.OfBytes(0), Grace = TimeSpan.FromHours(1) };
    private static readonly PruneOptions Beside = new() { MaxUnused = UnusedLimit.OfBytes(0), Grace = TimeSpan.FromHours(1), Beside = true };

    [Fact]
    public async Task Killed_after_any_step_the_repository_is_sound_and_the_next_prune_completes_it()
    {
        using var vault = await UntidyAsync();
        var steps = await KillAfterEachStepAsync(vault, Tight);
        Assert.True(steps >= 8, $"Only {steps} steps: new packs, an index, old ones away, packs away are more.");
    }

    [Fact]
    public async Task Killed_after_any_step_beside_others_the_repository_is_sound_and_nothing_is_gone()
    {
        using var vault = await UntidyAsync();
        var packs = (await vault.ListAsync(ObjectKind.Data)).Select(pack => pack.Name).ToList();
        await KillAfterEachStepAsync(vault, Beside, async copy => Assert.Empty(packs.Except((await copy.ListAsync(ObjectKind.Data)).Select(pack => pack.Name))));
    }

    [Fact]
    public async Task Killed_after_any_step_when_the_grace_time_is_over_the_repository_is_sound()
    {
        using var vault = await UntidyAsync();
        await vault.PruneAsync(Beside);
        vault.Time.Advance(TimeSpan.FromHours(2));
        await KillAfterEachStepAsync(vault, WithGrace);
    }

    [Fact]
    public async Task Killed_as_a_last_resort_every_snapshot_can_still_be_restored()
    {
        using var vault = await UntidyAsync();
        for (var step = 0; ; step++)
        {
            using var copy = await vault.CopyAsync();
            var ended = await TryAsync(copy, new PruneOptions { MaxRepackBytes = 0, PacksFirst = true }, step);
            await copy.ShouldRestoreAsync();
            await copy.PruneAsync(Tight);
            await copy.ShouldBeSoundAsync();
            if (ended)
                break;
        }
    }

    [Theory]
    [InlineData(StoreFaultKind.FailBefore)]
    [InlineData(StoreFaultKind.FailAfter)]
    public async Task Without_room_for_new_packs_what_nothing_needs_is_still_removed(StoreFaultKind kind)
    {
        using var vault = await UntidyAsync();
        var before = await vault.BytesAsync(ObjectKind.Data);
        using var full = new FaultyStore(vault.Store);
        full.Plan(new StoreFault { Operation = StoreOperation.Put, ObjectKind = ObjectKind.Data, Kind = kind, Times = int.MaxValue, Problem = RepositoryProblem.NoRoom });
        var notices = new List<string>();

        var result = await vault.PruneAsync(Tight, full, notices.Add);

        Assert.True(result.HadNoRoomToRepack);
        Assert.Contains(notices, notice => notice.Contains("no room", StringComparison.Ordinal));
        Assert.True(result.RemovedPacks > 0);
        Assert.True(await vault.BytesAsync(ObjectKind.Data) < before);
        await vault.ShouldBeSoundAsync();
        await vault.PruneAsync(Tight);
        await vault.ShouldBeSoundAsync();
        Assert.True((await vault.PlanAsync(Tight)).ChangesNothing);
    }

    [Fact]
    public async Task Without_room_for_anything_the_prune_fails_and_the_last_resort_makes_room()
    {
        using var vault = await UntidyAsync();
        using var full = new FaultyStore(vault.Store);
        full.Plan(new StoreFault { Operation = StoreOperation.Put, Kind = StoreFaultKind.FailBefore, Times = int.MaxValue, Problem = RepositoryProblem.NoRoom });

        Assert.Equal(RepositoryProblem.NoRoom, (await Assert.ThrowsAsync<RepositoryException>(() => vault.PruneAsync(Tight, full))).Problem);
        await vault.ShouldBeSoundAsync();

        // Packs go before the first byte is written, and only then the index finds no room in this store that stays full.
        var before = await vault.BytesAsync(ObjectKind.Data);
        await Assert.ThrowsAsync<RepositoryException>(() => vault.PruneAsync(new PruneOptions { MaxRepackBytes = 0, PacksFirst = true }, full));
        Assert.True(await vault.BytesAsync(ObjectKind.Data) < before);
        await vault.ShouldRestoreAsync();
        await vault.PruneAsync(Tight);
        await vault.ShouldBeSoundAsync();
    }

    [Fact]
    public async Task Two_prunes_at_once_beside_others_do_not_harm_each_other()
    {
        using var vault = await UntidyAsync();
        await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Task.Run(() => vault.PruneAsync(Beside))));
        await vault.ShouldBeSoundAsync();
        vault.Time.Advance(TimeSpan.FromHours(2));
        await vault.PruneAsync(WithGrace);
        await vault.ShouldBeSoundAsync();
        await vault.PruneAsync(Tight);
        await vault.ShouldBeSoundAsync();
        Assert.True((await vault.PlanAsync(Tight)).ChangesNothing);
    }

    /// <summary>Packs that are partly and not at all used, one that no index names, and several index files.</summary>
    private static async Task<MemoryVault> UntidyAsync()
    {
        var vault = await MemoryVault.CreateAsync();
        var removed = await vault.BackUpAsync(MemoryVault.All);
        await vault.BackUpAsync(MemoryVault.Even);
        var alsoRemoved = await vault.BackUpAsync(1001, 1002, 1003);
        await vault.BackUpAsync(2001);
        await vault.ForgetAsync(removed);
        await vault.ForgetAsync(alsoRemoved);
        byte[] cutOff = [1, 2, 3];
        await vault.Store.PutAsync(new ObjectName(ObjectKind.Data, ObjectId.Of(cutOff)), cutOff);
        return vault;
    }

    private static async Task<int> KillAfterEachStepAsync(MemoryVault vault, PruneOptions options, Func<MemoryVault, Task>? alsoHolds = null)
    {
        for (var step = 0; ; step++)
        {
            using var copy = await vault.CopyAsync();
            var ended = await TryAsync(copy, options, step);
            await copy.ShouldBeSoundAsync();
            if (alsoHolds is not null)
                await alsoHolds(copy);
            await copy.PruneAsync(Tight);
            await copy.ShouldBeSoundAsync();
            Assert.True((await copy.PlanAsync(Tight)).ChangesNothing, $"After step {step} the next prune left something.");
            Assert.Empty((await copy.PlanAsync(Tight)).MarksBefore);
            if (ended)
                return step;
        }
    }

    /// <summary>True when the prune came to its end within so many changes.</summary>
    private static async Task<bool> TryAsync(MemoryVault vault, PruneOptions options, int changes)
    {
        using var store = new FaultyStore(vault.Store);
        store.CutOffAfter(changes);
        try
        {
            await vault.PruneAsync(options, store);
            return true;
        }
        catch (RepositoryException e) when (e.Problem == RepositoryProblem.Unreachable)
        {
            return false;
        }
    }
}
