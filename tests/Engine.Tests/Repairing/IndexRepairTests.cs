using BackupOnline.Engine.Ids;
using BackupOnline.Engine.Repairing;
using BackupOnline.Engine.Stores;
using BackupOnline.Engine.Tests.Archiving;
using BackupOnline.Engine.Tests.Files;
using BackupOnline.Engine.Tests.Pruning;

namespace BackupOnline.Engine.Tests.Repairing;

public sealed class IndexRepairTests
{
    [Fact]
    public async Task An_index_that_is_right_stays_as_it_is()
    {
        using var vault = await MemoryVault.CreateAsync();
        await vault.BackUpAsync(1, 2);
        var before = await vault.ListAsync(ObjectKind.Index);
        Assert.True((await RepairAsync(vault)).ChangedNothing);
        Assert.Equal(before, await vault.ListAsync(ObjectKind.Index));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Lost_index_files_are_made_anew_from_the_packs(bool readAllPacks)
    {
        using var vault = await MemoryVault.CreateAsync();
        await vault.BackUpAsync(1, 2);
        await vault.BackUpAsync(3);
        foreach (var file in await vault.ListAsync(ObjectKind.Index))
            await vault.Store.DeleteAsync(file.Name);

        var result = await RepairAsync(vault, readAllPacks);

        Assert.Equal((await vault.ListAsync(ObjectKind.Data)).Select(pack => pack.Name.Id).Order(), result.ReadPacks.Order());
        await vault.ShouldBeSoundAsync();
    }

    [Fact]
    public async Task A_damaged_index_file_is_removed_and_what_it_named_is_named_again()
    {
        using var vault = await MemoryVault.CreateAsync();
        await vault.BackUpAsync(1, 2);
        await vault.BackUpAsync(3);
        var harmed = (await vault.ListAsync(ObjectKind.Index))[0].Name;
        var bytes = await vault.Store.GetAsync(harmed);
        await vault.Store.DeleteAsync(harmed);
        await vault.Store.PutAsync(harmed, bytes.AsMemory()[..^20]);

        Assert.Equal([harmed.Id], (await RepairAsync(vault)).DamagedFiles);

        Assert.Null(await vault.Store.LengthAsync(harmed));
        await vault.ShouldBeSoundAsync();
    }

    [Fact]
    public async Task A_pack_that_is_gone_is_forgotten_and_one_that_cannot_be_read_is_told()
    {
        using var vault = await MemoryVault.CreateAsync();
        await vault.BackUpAsync(1, 2);
        var gone = (await vault.ListAsync(ObjectKind.Data))[0].Name;
        await vault.Store.DeleteAsync(gone);
        byte[] noise = OddTree.Noise(1, 500);
        var unreadable = new ObjectName(ObjectKind.Data, ObjectId.Of(noise));
        await vault.Store.PutAsync(unreadable, noise);

        var result = await RepairAsync(vault);

        Assert.Equal([gone.Id], result.MissingPacks);
        Assert.Equal([unreadable.Id], result.UnreadablePacks);
        await using var repository = vault.Open();
        await repository.LoadIndexAsync();
        Assert.DoesNotContain(gone.Id, repository.Index.Packs());
    }

    [Fact]
    public async Task Restic_finds_whole_what_we_repaired()
    {
        using var vault = new EngineVault();
        OddTree.Create(vault.Source);
        await StockRestic.RunAsync(vault.Repository, "init");
        await StockRestic.RunAsync(vault.Repository, "backup", vault.Source);
        foreach (var file in Directory.GetFiles(Path.Combine(vault.Repository, "index")))
            File.Delete(file);

        using (var store = new LocalStore(vault.Repository))
        await using (var repository = await Engine.Repositories.Repository.OpenAsync(store, StockRestic.Password))
            Assert.NotEmpty((await IndexRepair.RepairAsync(repository, readAllPacks: false)).ReadPacks);

        await StockRestic.RunAsync(vault.Repository, "check", "--read-data");
        await StockRestic.RunAsync(vault.Repository, "restore", "latest", "--target", vault.Folder["restored"]);
        Assert.Empty(new TreeComparer().Compare(vault.Source, vault.Folder["restored"] + vault.Source));
    }

    private static async Task<IndexRepairResult> RepairAsync(MemoryVault vault, bool readAllPacks = false)
    {
        await using var repository = vault.Open();
        return await IndexRepair.RepairAsync(repository, readAllPacks);
    }
}
