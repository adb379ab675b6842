using System.Text;
using BackupOnline.Engine.Blobs;
using BackupOnline.Engine.Files;
using BackupOnline.Engine.Filters;
using BackupOnline.Engine.Ids;
using BackupOnline.Engine.Repositories;
using BackupOnline.Engine.Rewriting;
using BackupOnline.Engine.Stores;
using BackupOnline.Engine.Tests.Archiving;
using BackupOnline.Engine.Tests.Files;
using BackupOnline.Engine.Trees;

namespace BackupOnline.Engine.Tests.Rewriting;

public sealed class TreeRewriterTests
{
    [Fact]
    public async Task What_another_client_wrote_into_a_node_stays()
    {
        await using var repository = await Repository.InitAsync(new MemoryStore(), StockRestic.Password);
        var inner = await SaveAsync(repository, """{"nodes":[{"name":"drop","type":"file","size":3,"content":[]},{"name":"keep","type":"file","size":5,"generic_attributes":{"a":"<&>"},"content":[]}]}""");
        var root = await SaveAsync(repository, $$"""{"nodes":[{"name":"folder","type":"dir","subtree":"{{inner}}","unknown":[{"subtree":"x"}]},{"name":"other","type":"file","size":7,"content":[]}],"more":1}""");

        var after = await RewriteAsync(repository, root, "drop");
        Assert.Equal((3UL, 2UL, 12UL), (after.Items, after.Files, after.Bytes));
        var bytes = Encoding.UTF8.GetString(await LoadAsync(repository, after.Tree));
        var below = TreeReader.ReadAll(Encoding.UTF8.GetBytes(bytes))[0].Subtree!.Value;
        Assert.Equal($$"""{"nodes":[{"name":"folder","type":"dir","subtree":"{{below}}","unknown":[{"subtree":"x"}]},{"name":"other","type":"file","size":7,"content":[]}],"more":1}""", bytes);
        Assert.Equal("""{"nodes":[{"name":"keep","type":"file","size":5,"generic_attributes":{"a":"<&>"},"content":[]}]}""", Encoding.UTF8.GetString(await LoadAsync(repository, below)));
    }

    [Fact]
    public async Task Where_nothing_is_left_out_nothing_is_written()
    {
        using var vault = await new EngineVault().InitAsync();
        OddTree.Create(vault.Source, invalidLinkTarget: true);
        var snapshot = (await vault.BackUpAsync()).Snapshot;
        await vault.UseAsync(async repository =>
        {
            var before = repository.Index.Count;
            var after = await RewriteAsync(repository, snapshot.Tree, "no such name");
            Assert.Equal(snapshot.Tree, after.Tree);
            Assert.Equal(snapshot.Summary!.TotalFilesProcessed, after.Files);
            Assert.Equal(snapshot.Summary.TotalBytesProcessed, after.Bytes);
            Assert.Equal(before, repository.Index.Count);
            return true;
        });
    }

    [Fact]
    public async Task It_is_the_tree_of_a_backup_with_the_same_excludes()
    {
        using var vault = await new EngineVault().InitAsync();
        OddTree.Create(vault.Source, invalidLinkTarget: true);
        var all = (await vault.BackUpAsync()).Snapshot;
        var rules = new ExcludeRules { Patterns = PatternList.Parse(["text", "links/*"]) };
        var cut = (await vault.BackUpAsync(new() { Targets = vault.Options().Targets, Host = "host", Excludes = rules })).Snapshot;
        await vault.UseAsync(async repository =>
        {
            var after = await new TreeRewriter(repository, repository, rules, dryRun: false, _ => { }).RewriteAsync(all.Tree);
            await repository.FlushAsync();
            Assert.NotEqual(all.Tree, after.Tree);

            // The folders above the source change with other programs' doings.
            var source = RawPath.FromText(vault.Source);
            Assert.Equal((await TreePath.FindAsync(repository, cut.Tree, source))!.Subtree, (await TreePath.FindAsync(repository, after.Tree, source))!.Subtree);
            return true;
        });
    }

    private static Task<RewrittenTree> RewriteAsync(Repository repository, BlobId root, string pattern) =>
        new TreeRewriter(repository, repository, new ExcludeRules { Patterns = PatternList.Parse([pattern]) }, dryRun: false, _ => { }).RewriteAsync(root);

    private static async Task<BlobId> SaveAsync(Repository repository, string json)
    {
        var id = (await repository.SaveBlobAsync(BlobType.Tree, Encoding.UTF8.GetBytes(json))).Id;
        await repository.FlushAsync();
        return id;
    }

    private static async Task<byte[]> LoadAsync(Repository repository, BlobId id)
    {
        await repository.FlushAsync();
        return await repository.LoadBlobAsync(BlobType.Tree, id);
    }
}
