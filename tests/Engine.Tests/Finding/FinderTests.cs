using BackupOnline.Engine.Blobs;
using BackupOnline.Engine.Files;
using BackupOnline.Engine.Finding;
using BackupOnline.Engine.Ids;
using BackupOnline.Engine.Repositories;
using BackupOnline.Engine.Snapshots;
using BackupOnline.Engine.Stores;
using BackupOnline.Engine.Tests.Archiving;
using BackupOnline.Engine.Trees;

namespace BackupOnline.Engine.Tests.Finding;

public sealed class FinderTests
{
    [Theory]
    [InlineData("wanted")]
    [InlineData("one/wanted")]
    [InlineData("/**/two/wanted")]
    [InlineData("two")]
    [InlineData("w*d")]
    [InlineData("nothing")]
    public async Task Folders_with_the_same_tree_are_told_apart_by_their_place(string pattern)
    {
        await using var repository = await Repository.InitAsync(new MemoryStore(), StockRestic.Password);
        var leaf = await TreeAsync(repository, new TreeNode { Name = RawPath.FromText("wanted"), Type = NodeType.File, Content = [] });
        TreeNode[] folders = [Folder("a", await TreeAsync(repository, Folder("one", leaf))), Folder("one", leaf), Folder("three", await TreeAsync(repository, Folder("two", leaf))), Folder("two", leaf)];
        var first = await TreeAsync(repository, folders);
        var second = await TreeAsync(repository, [.. folders, new TreeNode { Name = RawPath.FromText("zero"), Type = NodeType.File, Content = [] }]);

        // A finder that has seen the other snapshot must not find less than a new one.
        var alone = await FindAsync(new Finder(repository, Fail), second, new FindQuery([pattern]));
        var used = new Finder(repository, Fail);
        _ = await FindAsync(used, first, new FindQuery([pattern]));
        Assert.Equal(alone, await FindAsync(used, second, new FindQuery([pattern])));
        Assert.Equal(pattern switch { "wanted" or "w*d" => 4, "nothing" => 0, _ => 2 }, alone.Count(path => path.EndsWith("wanted", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Times_bound_what_is_found_on_both_sides()
    {
        using var vault = await new EngineVault().InitAsync();
        foreach (var year in new[] { 2001, 2002, 2003 })
        {
            await WriteAsync(vault, $"{year}", "text");
            File.SetLastWriteTimeUtc(Path.Combine(vault.Source, $"{year}"), new DateTime(year, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        }

        var snapshot = (await vault.BackUpAsync()).Snapshot;
        var query = new FindQuery(["200?"])
        {
            Oldest = new DateTimeOffset(2002, 1, 1, 0, 0, 0, TimeSpan.Zero),
            Newest = new DateTimeOffset(2003, 1, 1, 0, 0, 0, TimeSpan.Zero),
        };
        Assert.Equal(["2002", "2003"], (await vault.UseAsync(repository => FindAsync(new Finder(repository, Fail), snapshot.Tree, query))).Select(Path.GetFileName));
    }

    [Fact]
    public async Task A_damaged_folder_is_told_and_the_rest_is_still_searched()
    {
        using var vault = await new EngineVault().InitAsync();
        await WriteAsync(vault, "a/wanted", "1");
        await WriteAsync(vault, "b/wanted", "2");
        var snapshot = (await vault.BackUpAsync()).Snapshot;
        var damaged = new List<RawPath>();
        var found = await vault.UseAsync(async repository =>
        {
            // The index forgets the tree of the folder: as if its pack was lost.
            var tree = (await TreePath.FindAsync(repository, snapshot.Tree, RawPath.FromText(vault.Source + "/a")))!.Subtree!.Value;
            await using var blind = await Repository.OpenAsync(new LocalStore(vault.Repository), StockRestic.Password);
            foreach (var pack in repository.Index.Entries().Where(blob => blob.Id != tree).GroupBy(blob => blob.Location.Pack))
                blind.Index.AddPack(pack.Key, [.. pack.Select(blob => new Engine.Packs.PackedBlob(blob.Type, blob.Id, blob.Location.Offset, blob.Location.Length, blob.Location.PlainLength, blob.Location.IsCompressed))]);
            return await FindAsync(new Finder(blind, (path, _) => damaged.Add(path)), snapshot.Tree, new FindQuery(["wanted"]));
        });
        Assert.Equal(vault.Source + "/b/wanted", Assert.Single(found));
        Assert.Equal(vault.Source + "/a", Assert.Single(damaged).ToString());
    }

    [Fact]
    public async Task Blobs_are_found_by_the_beginning_of_their_id_and_by_their_pack()
    {
        using var vault = await new EngineVault().InitAsync();
        await WriteAsync(vault, "file", "content");
        await WriteAsync(vault, "copy", "content");
        var snapshot = (await vault.BackUpAsync()).Snapshot;
        await vault.UseAsync(async repository =>
        {
            var id = BlobId.Of("content"u8);
            Assert.True(repository.Index.TryFind(BlobType.Data, id, out var place));
            foreach (var beginning in new[] { id.ToString(), id.ToString()[..8], id.ToString()[..1] })
            {
                var query = new BlobQuery();
                query.Add(BlobType.Data, beginning);
                Assert.Equal(["copy", "file"], (await ObjectsAsync(repository, snapshot, query)).Select(found => found.Path.FileName.ToString()));
            }

            var ofPack = new BlobQuery();
            var finder = new Finder(repository, Fail);
            foreach (var blob in await finder.BlobsOfPackAsync(place.Pack, await repository.Store.LengthAsync(new(ObjectKind.Data, place.Pack))))
                ofPack.Add(blob);
            Assert.Equal(2, (await ObjectsAsync(repository, snapshot, ofPack)).Count);

            var root = new BlobQuery();
            root.Add(BlobType.Tree, snapshot.Tree.ToString());
            Assert.Equal(RawPath.Root, Assert.Single(await ObjectsAsync(repository, snapshot, root)).Path);
            return true;
        });
    }

    private static void Fail(RawPath path, RepositoryException problem) => Assert.Fail($"{path}: {problem.Message}");

    private static TreeNode Folder(string name, BlobId tree) => new() { Name = RawPath.FromText(name), Type = NodeType.Folder, Subtree = tree };

    private static async Task<BlobId> TreeAsync(Repository repository, params TreeNode[] nodes)
    {
        var id = (await repository.SaveBlobAsync(BlobType.Tree, TreeWriter.Encode(nodes))).Id;
        await repository.FlushAsync();
        return id;
    }

    private static async Task<List<string>> FindAsync(Finder finder, BlobId root, FindQuery query) =>
        await finder.ItemsAsync(root, query).Select(item => item.Path.ToString()).ToListAsync();

    private static async Task<List<FoundObject>> ObjectsAsync(Repository repository, Snapshot snapshot, BlobQuery query) =>
        await new Finder(repository, Fail).ObjectsAsync(snapshot.Tree, query).ToListAsync();

    private static async Task WriteAsync(EngineVault vault, string name, string text)
    {
        var path = Path.Combine(vault.Source, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await File.WriteAllTextAsync(path, text);
    }
}
