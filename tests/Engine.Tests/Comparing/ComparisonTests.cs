using BackupOnline.Engine.Blobs;
using BackupOnline.Engine.Comparing;
using BackupOnline.Engine.Files;
using BackupOnline.Engine.Ids;
using BackupOnline.Engine.Repositories;
using BackupOnline.Engine.Stores;
using BackupOnline.Engine.Trees;

namespace BackupOnline.Engine.Tests.Comparing;

public sealed class ComparisonTests
{
    [Fact]
    public async Task Each_kind_of_difference_has_its_letters()
    {
        await using var repository = await Repository.InitAsync(new MemoryStore(), StockRestic.Password);
        var before = await TreeAsync(
            repository, File("changed", "1"), File("gone", "2"), File("rot", "3"), File("same", "4"), File("touched", "5"), File("type", "6"));
        var after = await TreeAsync(
            repository,
            File("changed", "1+") with { ModifiedAt = new NodeTime(9, 0) },
            File("new", "7"),
            File("rot", "x") with { Size = 1 },
            File("same", "4"),
            File("touched", "5") with { ModifiedAt = new NodeTime(9, 0) },
            new TreeNode { Name = RawPath.FromText("type"), Type = NodeType.Symlink, LinkTarget = RawPath.FromText("x") });

        var (changes, sums) = await CompareAsync(repository, before, after, withMetadata: true);
        Assert.Equal(["M /changed", "- /gone", "+ /new", "M? /rot", "U /touched", "TU /type"], changes);
        Assert.Equal((2L, 1L, 1L), (sums.ChangedFiles, sums.Added.Files, sums.Removed.Files));
        Assert.Equal(["M /changed", "- /gone", "+ /new", "M? /rot", "T /type"], (await CompareAsync(repository, before, after, withMetadata: false)).Changes);
    }

    [Fact]
    public async Task A_blob_that_a_folder_in_common_has_is_on_no_side()
    {
        await using var repository = await Repository.InitAsync(new MemoryStore(), StockRestic.Password);
        var common = Folder("common", await TreeAsync(repository, File("kept", "shared")));
        var before = await TreeAsync(repository, common, File("moved away", "shared"), File("only before", "lost"));
        var after = await TreeAsync(repository, common, File("only after", "found"));
        var (_, sums) = await CompareAsync(repository, before, after, withMetadata: false);

        // "lost" and the root tree; "shared" is still there.
        Assert.Equal((1L, 1L, 2L), (sums.Removed.DataBlobs, sums.Removed.TreeBlobs, sums.Removed.Files));
        Assert.Equal((1L, 1L, 1L), (sums.Added.DataBlobs, sums.Added.TreeBlobs, sums.Added.Files));
    }

    [Fact]
    public async Task A_folder_of_one_side_is_told_with_all_that_is_in_it()
    {
        await using var repository = await Repository.InitAsync(new MemoryStore(), StockRestic.Password);
        var empty = await TreeAsync(repository);
        var full = await TreeAsync(repository, Folder("a", await TreeAsync(repository, Folder("b", await TreeAsync(repository, File("c", "1"))))));
        Assert.Equal(["+ /a/", "+ /a/b/", "+ /a/b/c"], (await CompareAsync(repository, empty, full, withMetadata: false)).Changes);
        Assert.Equal(["- /a/", "- /a/b/", "- /a/b/c"], (await CompareAsync(repository, full, empty, withMetadata: false)).Changes);
        Assert.Empty((await CompareAsync(repository, full, full, withMetadata: true)).Changes);
    }

    private static async Task<(List<string> Changes, ComparisonResult Sums)> CompareAsync(Repository repository, BlobId before, BlobId after, bool withMetadata)
    {
        var changes = new List<string>();
        var sums = await new Comparison(repository, withMetadata, change => changes.Add($"{change.Modifier} {change.Path}")).RunAsync(before, after);
        return (changes, sums);
    }

    private static TreeNode File(string name, string text) =>
        new() { Name = RawPath.FromText(name), Type = NodeType.File, Size = (ulong)text.Length, Content = [BlobId.Of(System.Text.Encoding.UTF8.GetBytes(text))] };

    private static TreeNode Folder(string name, BlobId tree) => new() { Name = RawPath.FromText(name), Type = NodeType.Folder, Subtree = tree };

    private static async Task<BlobId> TreeAsync(Repository repository, params TreeNode[] nodes)
    {
        var id = (await repository.SaveBlobAsync(BlobType.Tree, TreeWriter.Encode(nodes))).Id;
        await repository.FlushAsync();
        return id;
    }
}
