using BackupOnline.Engine.Caching;
using BackupOnline.Engine.Ids;
using BackupOnline.Engine.Repositories;
using BackupOnline.Engine.Stores;
using BackupOnline.Engine.Tests.Archiving;
using BackupOnline.Engine.Tests.Files;
using BackupOnline.Engine.Trees;

namespace BackupOnline.Engine.Tests.Caching;

public sealed class CachedStoreTests
{
    [Fact]
    public async Task What_was_read_once_is_not_read_again()
    {
        using var vault = await FilledAsync();
        var first = await ReadAllAsync(vault);
        var second = await ReadAllAsync(vault);
        Assert.Equal(first.Items, second.Items);
        Assert.True(first.BytesRead > 1000);
        Assert.Equal(0, second.BytesRead);
    }

    [Theory]
    [InlineData("flip")]
    [InlineData("cut")]
    [InlineData("empty")]
    [InlineData("swap")]
    [InlineData("folder")]
    [InlineData("gone")]
    public async Task A_damaged_cache_costs_a_read_and_nothing_else(string damage)
    {
        using var vault = await FilledAsync();
        var first = await ReadAllAsync(vault);
        var files = Directory.GetFiles(vault.Folder["cache"], "*", SearchOption.AllDirectories).Where(path => ObjectId.TryParse(Path.GetFileName(path), out _)).Order().ToList();
        Assert.True(files.Count >= 3);
        var bytes = files.ConvertAll(File.ReadAllBytes);
        for (var i = 0; i < files.Count; i++)
        {
            switch (damage)
            {
                case "flip":
                    bytes[i][bytes[i].Length / 2] ^= 1;
                    await File.WriteAllBytesAsync(files[i], bytes[i]);
                    break;
                case "cut":
                    await File.WriteAllBytesAsync(files[i], bytes[i][..^1]);
                    break;
                case "empty":
                    await File.WriteAllBytesAsync(files[i], []);
                    break;
                case "swap":
                    await File.WriteAllBytesAsync(files[i], bytes[(i + 1) % files.Count]);
                    break;
                case "folder":
                    File.Delete(files[i]);
                    Directory.CreateDirectory(files[i]);
                    break;
                default:
                    File.Delete(files[i]);
                    break;
            }
        }

        var second = await ReadAllAsync(vault);
        Assert.Equal(first.Items, second.Items);
        Assert.True(second.BytesRead >= first.BytesRead);
        if (damage != "folder")
            Assert.Equal(0, (await ReadAllAsync(vault)).BytesRead);
    }

    [Fact]
    public async Task What_the_store_no_longer_lists_is_dropped()
    {
        using var vault = await FilledAsync();
        await ReadAllAsync(vault);
        var snapshot = Assert.Single(Directory.GetFiles(Path.Combine(vault.Repository, "snapshots")));
        Assert.Single(Directory.GetFiles(vault.Folder["cache"], Path.GetFileName(snapshot), SearchOption.AllDirectories));
        File.Delete(snapshot);
        Assert.Empty((await ReadAllAsync(vault)).Items);
        Assert.Empty(Directory.GetFiles(vault.Folder["cache"], Path.GetFileName(snapshot), SearchOption.AllDirectories));
    }

    [Fact]
    public async Task Where_nothing_can_be_kept_everything_still_works()
    {
        using var vault = await FilledAsync();
        await File.WriteAllTextAsync(vault.Folder["cache"], "a file where the folder should be");
        Assert.NotEmpty((await ReadAllAsync(vault)).Items);
    }

    [Fact]
    public async Task A_damaged_pack_of_the_store_is_not_kept()
    {
        using var vault = await FilledAsync();
        foreach (var pack in Directory.GetFiles(Path.Combine(vault.Repository, "data"), "*", SearchOption.AllDirectories))
            await EngineVault.DamageAsync(pack, file => file.GetBuffer()[file.Length - 1] ^= 1);

        // Only the last byte of each pack: the trees can be read, the pack is not what its name says.
        Assert.NotEmpty((await ReadAllAsync(vault)).Items);
        Assert.DoesNotContain(Directory.GetFiles(vault.Folder["cache"], "*", SearchOption.AllDirectories), path => path.Contains("/data/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Caches_are_listed_and_removed()
    {
        using var vault = await FilledAsync();
        await ReadAllAsync(vault);
        Directory.CreateDirectory(Path.Combine(vault.Folder["cache"], "something else"));
        var cache = Assert.Single(CacheRoot.List(vault.Folder["cache"]));
        Assert.True(cache.Bytes > 1000);
        CacheRoot.Remove(vault.Folder["cache"], cache.RepositoryId);
        Assert.Empty(CacheRoot.List(vault.Folder["cache"]));
        Assert.Empty(CacheRoot.List(vault.Folder["nowhere"]));
        Assert.Throws<ArgumentException>(() => CacheRoot.Remove(vault.Folder["cache"], ".."));
    }

    private static async Task<EngineVault> FilledAsync()
    {
        var vault = await new EngineVault().InitAsync();
        OddTree.Create(vault.Source);
        await vault.BackUpAsync();
        return vault;
    }

    private static async Task<(List<string> Items, long BytesRead)> ReadAllAsync(EngineVault vault)
    {
        var read = 0L;
        using var store = new CachedStore(new CountingStore(new LocalStore(vault.Repository), bytes => Interlocked.Add(ref read, bytes)));
        await using var repository = await Repository.OpenAsync(store, StockRestic.Password);
        store.Use(new CacheFolder(vault.Folder["cache"], repository.Config.Id, TimeProvider.System));

        // The keys and the config are never kept.
        read = 0;
        var items = new List<string>();
        var snapshots = await repository.SnapshotsAsync();
        await repository.LoadIndexAsync();
        foreach (var snapshot in snapshots)
            items.AddRange(await TreeWalk.ItemsAsync(repository, snapshot.Tree).Select(item => item.Path.ToString()).ToListAsync());
        return (items, read);
    }
}
