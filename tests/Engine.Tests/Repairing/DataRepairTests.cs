using BackupOnline.Engine.Blobs;
using BackupOnline.Engine.Checking;
using BackupOnline.Engine.Ids;
using BackupOnline.Engine.Index;
using BackupOnline.Engine.Repairing;
using BackupOnline.Engine.Snapshots;
using BackupOnline.Engine.Tests.Pruning;
using BackupOnline.Engine.Trees;

namespace BackupOnline.Engine.Tests.Repairing;

/// <summary>From damaged packs to snapshots without what is lost: the way that a user goes.</summary>
public sealed class DataRepairTests
{
    [Fact]
    public async Task Whole_blobs_of_a_damaged_pack_are_saved_and_the_lost_one_is_taken_out_of_the_snapshot()
    {
        using var vault = await MemoryVault.CreateAsync();
        var damaged = await vault.BackUpAsync(MemoryVault.All);
        var whole = await vault.BackUpAsync(MemoryVault.Even);
        var pack = await FlipAsync(vault, BlobType.Data, BlobId.Of(MemoryVault.Content(1)));

        PackRepairResult packs;
        await using (var repository = vault.Open())
            packs = await PackRepair.RepairAsync(repository, [pack]);
        Assert.Equal([BlobId.Of(MemoryVault.Content(1))], packs.Lost);
        Assert.True(packs.Salvaged > 10);
        Assert.Null(await vault.Store.LengthAsync(new ObjectName(ObjectKind.Data, pack)));

        var told = new List<string>();
        var before = await vault.ListAsync(ObjectKind.Snapshot);
        await RepairAsync(vault, new SnapshotRepairOptions { DryRun = true, Forget = true, OnChange = (path, _) => told.Add(path) });
        Assert.Equal(["/folder/file000001"], told);
        Assert.Equal(before, await vault.ListAsync(ObjectKind.Snapshot));

        var results = await RepairAsync(vault, new SnapshotRepairOptions { Forget = true });
        Assert.Equal(SnapshotState.Repaired, results[damaged.Id].State);
        Assert.Equal(SnapshotState.Whole, results[whole.Id].State);
        Assert.Null(await vault.Store.LengthAsync(new ObjectName(ObjectKind.Snapshot, damaged.Id)));
        await using var after = vault.Open();
        var repaired = (await after.SnapshotsAsync()).Single(snapshot => snapshot.Id == results[damaged.Id].Copy);
        Assert.Equal(damaged.Id, repaired.Original);
        var check = await Checker.CheckAsync(after, new CheckOptions { ReadData = true });
        Assert.Equal(0, check.ErrorCount);
    }

    [Fact]
    public async Task Without_forget_the_old_snapshot_stays_beside_a_copy_with_a_tag()
    {
        using var vault = await MemoryVault.CreateAsync();
        var snapshot = await vault.BackUpAsync(1, 2);
        await LoseAsync(vault, BlobType.Data, BlobId.Of(MemoryVault.Content(1)));

        var result = (await RepairAsync(vault, new SnapshotRepairOptions()))[snapshot.Id];

        await using var repository = vault.Open();
        var all = await repository.SnapshotsAsync();
        Assert.Equal(2, all.Count);
        Assert.Equal(["repaired"], all.Single(one => one.Id == result.Copy).Tags!);
    }

    [Fact]
    public async Task A_lost_folder_is_empty_afterwards_and_a_lost_root_leaves_nothing()
    {
        using var vault = await MemoryVault.CreateAsync();
        var snapshot = await vault.BackUpAsync(1, 2);
        BlobId folder;
        await using (var repository = vault.Open())
        {
            await repository.LoadIndexAsync();
            folder = TreeReader.ReadAll(await repository.LoadBlobAsync(BlobType.Tree, snapshot.Tree)).Single().Subtree!.Value;
        }

        // Both trees may lie in one pack: the damage is one bit, found when the tree is opened.
        await FlipAsync(vault, BlobType.Tree, folder);
        var told = new List<(string, TreeChange)>();
        var result = (await RepairAsync(vault, new SnapshotRepairOptions { Forget = true, OnChange = (path, change) => told.Add((path, change)) }))[snapshot.Id];
        Assert.Equal([("/folder", TreeChange.FolderLost)], told);
        Snapshot repaired;
        await using (var repository = vault.Open())
            repaired = Assert.Single(await repository.SnapshotsAsync());
        Assert.Equal(result.Copy, repaired.Id);

        await FlipAsync(vault, BlobType.Tree, repaired.Tree);
        Assert.Equal(SnapshotState.Unreadable, (await RepairAsync(vault, new SnapshotRepairOptions { Forget = true }))[repaired.Id].State);
        Assert.Empty(await vault.ListAsync(ObjectKind.Snapshot));
    }

    private static async Task<Dictionary<ObjectId, SnapshotRepairResult>> RepairAsync(MemoryVault vault, SnapshotRepairOptions options)
    {
        await using var repository = vault.Open();
        var snapshots = await repository.SnapshotsAsync();
        var repair = await SnapshotRepair.StartAsync(repository, options);
        var results = new Dictionary<ObjectId, SnapshotRepairResult>();
        foreach (var snapshot in snapshots)
            results.Add(snapshot.Id, await repair.RepairAsync(snapshot));
        return results;
    }

    private static async Task<ObjectId> FlipAsync(MemoryVault vault, BlobType type, BlobId id)
    {
        var place = await FindAsync(vault, type, id);
        var name = new ObjectName(ObjectKind.Data, place.Pack);
        var bytes = await vault.Store.GetAsync(name);
        bytes[place.Offset + 20] ^= 1;
        await vault.Store.DeleteAsync(name);
        await vault.Store.PutAsync(name, bytes);
        return place.Pack;
    }

    private static async Task LoseAsync(MemoryVault vault, BlobType type, BlobId id) =>
        await vault.Store.DeleteAsync(new ObjectName(ObjectKind.Data, (await FindAsync(vault, type, id)).Pack));

    private static async Task<BlobLocation> FindAsync(MemoryVault vault, BlobType type, BlobId id)
    {
        await using var repository = vault.Open();
        await repository.LoadIndexAsync();
        Assert.True(repository.Index.TryFind(type, id, out var place));
        return place;
    }
}
