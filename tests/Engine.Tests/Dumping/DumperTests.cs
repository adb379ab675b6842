using System.Text;
using BackupOnline.Engine.Dumping;
using BackupOnline.Engine.Files;
using BackupOnline.Engine.Repositories;
using BackupOnline.Engine.Stores;
using BackupOnline.Engine.Tests.Archiving;
using BackupOnline.Engine.Tests.Files;
using BackupOnline.Engine.Trees;

namespace BackupOnline.Engine.Tests.Dumping;

public sealed class DumperTests
{
    [Fact]
    public async Task A_tar_of_every_odd_file_unpacks_and_names_what_is_not_text()
    {
        using var vault = await new EngineVault().InitAsync();
        OddTree.Create(vault.Source, invalidLinkTarget: true);
        var snapshot = (await vault.BackUpAsync()).Snapshot;
        var (result, items, tar) = await vault.UseAsync(async repository =>
        {
            using var output = new MemoryStream();
            var dumped = await Dumper.DumpFolderAsync(repository, snapshot.Tree, RawPath.Root, ArchiveFormat.Tar, output);
            return (dumped, await TreeWalk.ItemsAsync(repository, snapshot.Tree).ToListAsync(), output.ToArray());
        });

        var expected = items.Where(item => item.Node.Type is NodeType.File or NodeType.Folder or NodeType.Symlink).ToList();
        Assert.Equal(expected.Count(item => item.Node.Type == NodeType.File), result.Files);
        Assert.Equal(expected.Where(item => item.Node.Type == NodeType.File).Sum(item => (long)item.Node.Size), result.Bytes);
        Assert.True(result.InexactNames > 0);

        // GNU tar is the judge: the class library's own reader takes no name with a line feed in it.
        await File.WriteAllBytesAsync(vault.Folder["all.tar"], tar);
        var listed = await Shell.RunAsync($"tar --numeric-owner --quoting-style=escape -tvf '{vault.Folder["all.tar"]}'");
        Assert.Equal(expected.Count, listed.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        await Shell.RunAsync($"cd '{vault.Folder.Path}' && mkdir out && tar -xpf all.tar -C out");
        var unpacked = vault.Folder["out"] + vault.Source;
        var text = expected.Where(item => item.Node.Type == NodeType.File && System.Text.Unicode.Utf8.IsValid(item.Path.Bytes)).Select(item => item.Path.ToString()).ToList();
        Assert.NotEmpty(text);
        Assert.All(text, path => Assert.Equal(File.ReadAllBytes(path), File.ReadAllBytes(unpacked + path[vault.Source.Length..])));
    }

    [Fact]
    public async Task Only_what_is_written_is_read()
    {
        using var vault = await new EngineVault().InitAsync();
        var random = new Random(1);
        foreach (var name in new[] { "wanted", "other" })
        {
            var bytes = new byte[4 << 20];
            random.NextBytes(bytes);
            await File.WriteAllBytesAsync(Path.Combine(vault.Source, name), bytes);
        }

        var snapshot = (await vault.BackUpAsync()).Snapshot;
        var read = 0L;
        await vault.UseAsync(
            async repository =>
            {
                read = 0;
                var node = await TreePath.FindAsync(repository, snapshot.Tree, RawPath.FromText(vault.Source + "/wanted"));
                using var output = new MemoryStream();
                await Dumper.DumpFileAsync(repository, node!, output);
                Assert.Equal(await File.ReadAllBytesAsync(Path.Combine(vault.Source, "wanted")), output.ToArray());
                return true;
            },
            wrap: store => new CountingStore(store, bytes => Interlocked.Add(ref read, bytes)));
        Assert.InRange(read, 4 << 20, 5 << 20);
    }

    [Fact]
    public async Task A_lost_part_stops_the_dump()
    {
        await using var repository = await Repository.InitAsync(new MemoryStore(), StockRestic.Password);
        var node = new TreeNode { Name = RawPath.FromText("file"), Type = NodeType.File, Content = [Engine.Ids.BlobId.Of("lost"u8)], Size = 4 };
        using var output = new MemoryStream();
        var problem = await Assert.ThrowsAsync<RepositoryException>(() => Dumper.DumpFileAsync(repository, node, output));
        Assert.Equal(RepositoryProblem.NotFound, problem.Problem);
    }

    [Fact]
    public async Task A_dump_that_is_cancelled_lets_go_of_what_it_was_reading()
    {
        using var vault = await new EngineVault().InitAsync();
        await File.WriteAllTextAsync(Path.Combine(vault.Source, "file"), new string('x', 10_000));
        var snapshot = (await vault.BackUpAsync()).Snapshot;
        await vault.UseAsync(async repository =>
        {
            using var stop = new CancellationTokenSource();
            var output = new StoppingStream(stop);
            await Assert.ThrowsAnyAsync<OperationCanceledException>(
                () => Dumper.DumpFolderAsync(repository, snapshot.Tree, RawPath.Root, ArchiveFormat.Tar, output, cancellationToken: stop.Token));
            return true;
        });
    }

    private sealed class StoppingStream(CancellationTokenSource stop) : MemoryStream(Encoding.ASCII.GetBytes(""))
    {
        public override bool CanWrite => true;

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            stop.Cancel();
            cancellationToken.ThrowIfCancellationRequested();
            return ValueTask.CompletedTask;
        }
    }
}
