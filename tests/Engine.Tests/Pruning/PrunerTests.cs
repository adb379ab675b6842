using BackupOnline.Engine.Blobs;
using BackupOnline.Engine.Ids;
using BackupOnline.Engine.Pruning;
using BackupOnline.Engine.Repositories;
using BackupOnline.Engine.Snapshots;
using BackupOnline.Engine.Stores;

namespace BackupOnline.Engine.Tests.Pruning;

public sealed class PrunerTests
{
    private static readonly PruneOptions Tight = new() { MaxUnused = UnusedLimit.OfBytes(0) };

    [Fact]
    public async Task What_only_a_removed_snapshot_needed_is_gone_and_the_rest_is_whole()
    {
        using var vault = await MemoryVault.CreateAsync();
        var removed = await vault.BackUpAsync(1, 2, 3);
        await vault.BackUpAsync(4, 5, 6);
        var before = await vault.BytesAsync(ObjectKind.Data);
        await vault.ForgetAsync(removed);

        var result = await vault.PruneAsync(Tight);

        Assert.InRange(await vault.BytesAsync(ObjectKind.Data), 1, (before / 2) + 2000);
        Assert.Equal(before - await vault.BytesAsync(ObjectKind.Data), result.RemovedBytes - result.NewBytes);
        await vault.ShouldBeSoundAsync();
        Assert.True((await vault.PlanAsync(Tight)).ChangesNothing);
    }

    [Fact]
    public async Task A_partly_used_pack_is_copied_without_decrypting()
    {
        using var vault = await MemoryVault.CreateAsync();
        var removed = await vault.BackUpAsync(MemoryVault.All);
        await vault.BackUpAsync(MemoryVault.Even);
        await vault.ForgetAsync(removed);
        var sealedBefore = await SealedAsync(vault, 2);

        var result = await vault.PruneAsync(Tight);

        Assert.True(result.RepackedPacks > 0);
        Assert.Equal(sealedBefore, await SealedAsync(vault, 2));
        await vault.ShouldBeSoundAsync();
        Assert.Equal(0, (await vault.PlanAsync()).UnusedBytesAfter);
        await using var repository = vault.Open();
        await repository.LoadIndexAsync();
        Assert.False(repository.Index.Contains(BlobType.Data, BlobId.Of(MemoryVault.Content(1))));
    }

    [Fact]
    public async Task A_dry_plan_changes_nothing()
    {
        using var vault = await MemoryVault.CreateAsync();
        var removed = await vault.BackUpAsync(1, 2);
        await vault.BackUpAsync(2);
        await vault.ForgetAsync(removed);
        var before = await NamesAsync(vault);

        var plan = await vault.PlanAsync(Tight);

        Assert.False(plan.ChangesNothing);
        Assert.Equal(before, await NamesAsync(vault));
    }

    [Fact]
    public async Task Of_two_copies_one_stays()
    {
        using var vault = await MemoryVault.CreateAsync();
        await using (var first = vault.Open())
        await using (var second = vault.Open())
        {
            await MemoryVault.BackUpAsync(first, 1, 2);
            await MemoryVault.BackUpAsync(second, 1, 2, 3);
        }

        var before = await vault.BytesAsync(ObjectKind.Data);
        await vault.PruneAsync(Tight);

        Assert.InRange(await vault.BytesAsync(ObjectKind.Data), 1, before - (2 * 10_000));
        await vault.ShouldBeSoundAsync();
        Assert.True((await vault.PlanAsync(Tight)).ChangesNothing);
    }

    [Fact]
    public async Task Small_index_files_are_joined_when_something_is_removed()
    {
        using var vault = await MemoryVault.CreateAsync();
        var removed = await vault.BackUpAsync(1);
        for (var file = 2; file < 8; file++)
            await vault.BackUpAsync(file);
        await vault.ForgetAsync(removed);

        await vault.PruneAsync(Tight);

        Assert.Single(await vault.ListAsync(ObjectKind.Index));
        await vault.ShouldBeSoundAsync();
    }

    [Fact]
    public async Task Index_files_that_are_written_meanwhile_are_not_taken_for_old_ones()
    {
        using var vault = await MemoryVault.CreateAsync();
        var removed = await vault.BackUpAsync(MemoryVault.All);
        await vault.BackUpAsync(MemoryVault.Even);
        await vault.ForgetAsync(removed);

        // A file for each pack.
        await using (var repository = vault.Open(vault.Store, null, indexFlushBlobs: 1))
            await Pruner.PerformAsync(repository, await Pruner.PlanAsync(repository, Tight));

        await vault.ShouldBeSoundAsync();
    }

    [Fact]
    public async Task A_damaged_blob_in_a_pack_to_repack_keeps_that_pack_and_is_told()
    {
        using var vault = await MemoryVault.CreateAsync();
        var removed = await vault.BackUpAsync(MemoryVault.All);
        await vault.BackUpAsync(MemoryVault.Even);
        await vault.ForgetAsync(removed);
        var place = await DamageAsync(vault, 2, MemoryVault.All);

        var result = await vault.PruneAsync(Tight);

        Assert.Contains(place.ToString(), Assert.Single(result.Damaged), StringComparison.Ordinal);
        Assert.NotNull(await vault.Store.LengthAsync(new ObjectName(ObjectKind.Data, place)));
    }

    [Fact]
    public async Task A_damaged_blob_is_copied_from_its_other_place()
    {
        using var vault = await MemoryVault.CreateAsync();
        Snapshot removed;
        await using (var first = vault.Open())
        await using (var second = vault.Open())
        {
            removed = await MemoryVault.BackUpAsync(first, MemoryVault.All);
            await MemoryVault.BackUpAsync(second, MemoryVault.Even);
        }

        // Half of the odd files lie in the first packs alone: so of the even ones the copies there are preferred, and these packs are repacked.
        await vault.BackUpAsync([.. MemoryVault.Odd.Where((_, at) => at % 2 == 0)]);
        await vault.ForgetAsync(removed);
        await DamageAsync(vault, 2, MemoryVault.Odd);

        var result = await vault.PruneAsync(Tight);

        Assert.Empty(result.Damaged);
        Assert.True(result.RepackedPacks > 0);
        await vault.ShouldBeSoundAsync();
    }

    [Fact]
    public async Task What_is_needed_and_not_there_stops_the_prune_before_anything_is_removed()
    {
        using var vault = await MemoryVault.CreateAsync();
        var removed = await vault.BackUpAsync(1);
        await vault.BackUpAsync(2);
        await vault.ForgetAsync(removed);
        await using (var repository = vault.Open())
        {
            await repository.LoadIndexAsync();
            Assert.True(repository.Index.TryFind(BlobType.Data, BlobId.Of(MemoryVault.Content(2)), out var place));
            await vault.Store.DeleteAsync(new ObjectName(ObjectKind.Data, place.Pack));
        }

        var before = await NamesAsync(vault);
        Assert.Equal(RepositoryProblem.Corrupt, (await Assert.ThrowsAsync<RepositoryException>(() => vault.PruneAsync(Tight))).Problem);
        Assert.Equal(before, await NamesAsync(vault));
    }

    [Theory]
    [InlineData(ObjectKind.Snapshot)]
    [InlineData(ObjectKind.Index)]
    public async Task A_damaged_snapshot_or_index_stops_the_prune(ObjectKind kind)
    {
        using var vault = await MemoryVault.CreateAsync();
        await vault.ForgetAsync(await vault.BackUpAsync(1));
        await vault.BackUpAsync(2);
        var harmed = (await vault.ListAsync(kind))[0].Name;
        var bytes = await vault.Store.GetAsync(harmed);
        bytes[^1] ^= 1;
        await vault.Store.DeleteAsync(harmed);
        await vault.Store.PutAsync(harmed, bytes);

        var before = await NamesAsync(vault);
        Assert.Equal(RepositoryProblem.Corrupt, (await Assert.ThrowsAsync<RepositoryException>(() => vault.PruneAsync(Tight))).Problem);
        Assert.Equal(before, await NamesAsync(vault));
    }

    [Fact]
    public async Task A_store_that_refuses_removal_loses_nothing()
    {
        using var vault = await MemoryVault.CreateAsync();
        var removed = await vault.BackUpAsync(1, 2);
        await vault.BackUpAsync(2);
        await vault.ForgetAsync(removed);
        using var appendOnly = new FaultyStore(vault.Store);
        appendOnly.Plan(new StoreFault { Operation = StoreOperation.Delete, Kind = StoreFaultKind.FailBefore, Times = int.MaxValue, Problem = RepositoryProblem.AccessDenied });

        Assert.Equal(RepositoryProblem.AccessDenied, (await Assert.ThrowsAsync<RepositoryException>(() => vault.PruneAsync(Tight, appendOnly))).Problem);

        await vault.ShouldBeSoundAsync();
    }

    private static async Task<byte[]> SealedAsync(MemoryVault vault, int file)
    {
        await using var repository = vault.Open();
        await repository.LoadIndexAsync();
        Assert.True(repository.Index.TryFind(BlobType.Data, BlobId.Of(MemoryVault.Content(file)), out var place));
        var bytes = new byte[place.Length];
        await vault.Store.ReadRangeAsync(new ObjectName(ObjectKind.Data, place.Pack), place.Offset, bytes);
        return bytes;
    }

    /// <summary>Flips a bit of the file's blob, of the copy that lies in a pack with one of the others.</summary>
    private static async Task<ObjectId> DamageAsync(MemoryVault vault, int file, int[] others)
    {
        await using var repository = vault.Open();
        await repository.LoadIndexAsync();
        var packs = others.Where(other => other != file)
            .SelectMany(other => repository.Index.FindAll(BlobType.Data, BlobId.Of(MemoryVault.Content(other)))).Select(place => place.Pack).ToHashSet();
        var place = repository.Index.FindAll(BlobType.Data, BlobId.Of(MemoryVault.Content(file))).First(place => packs.Contains(place.Pack));
        var name = new ObjectName(ObjectKind.Data, place.Pack);
        var bytes = await vault.Store.GetAsync(name);
        bytes[place.Offset + 100] ^= 1;
        await vault.Store.DeleteAsync(name);
        await vault.Store.PutAsync(name, bytes);
        return place.Pack;
    }

    private static async Task<List<string>> NamesAsync(MemoryVault vault)
    {
        var names = new List<string>();
        foreach (var kind in Enum.GetValues<ObjectKind>())
            names.AddRange((await vault.ListAsync(kind)).Select(stored => stored.Name.ToString()));
        names.Sort(StringComparer.Ordinal);
        return names;
    }
}
