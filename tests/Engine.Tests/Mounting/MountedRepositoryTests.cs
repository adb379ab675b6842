using System.Text;
using BackupOnline.Engine.Blobs;
using BackupOnline.Engine.Files;
using BackupOnline.Engine.Ids;
using BackupOnline.Engine.Mounting;
using BackupOnline.Engine.Repositories;
using BackupOnline.Engine.Snapshots;
using BackupOnline.Engine.Tests.Archiving;
using BackupOnline.Engine.Tests.Files;
using BackupOnline.Engine.Trees;
using Microsoft.Extensions.Time.Testing;

namespace BackupOnline.Engine.Tests.Mounting;

/// <summary>The file system of a mount, without a kernel.</summary>
public sealed class MountedRepositoryTests
{
    [Fact]
    public async Task Every_item_is_found_by_the_name_it_is_listed_with_and_keeps_its_number()
    {
        using var vault = await FilledAsync();
        await vault.BackUpAsync();
        await vault.UseAsync(async repository =>
        {
            await using var mounted = await OpenAsync(repository);
            var numbers = new Dictionary<ulong, RawPath>();
            await WalkAsync(mounted.Root, RawPath.Root);
            Assert.True(numbers.Count > 20);
            Assert.DoesNotContain(numbers.Keys, number => number < 2);
            Assert.Null(await mounted.FindAsync(mounted.Root, RawPath.FromText("nothing")));
            return 0;

            async Task WalkAsync(MountedItem folder, RawPath path)
            {
                foreach (var item in (await mounted.ListAsync(folder))!)
                {
                    var found = await mounted.FindAsync(folder, item.Node.Name);
                    Assert.Equal(item.Number, found!.Number);
                    Assert.True(numbers.TryAdd(item.Number, path.Join(item.Node.Name)) || item.Node.Links > 1, $"{path}/{item.Node.Name} and {numbers[item.Number]} have one number");
                    if (item.Node.Type == NodeType.Folder)
                        await WalkAsync(item, path.Join(item.Node.Name));
                }
            }
        });
    }

    [Fact]
    public async Task Names_of_one_file_have_one_number_unless_it_changed_between_them()
    {
        using var vault = await FilledAsync();
        await vault.BackUpAsync();
        await vault.UseAsync(async repository =>
        {
            await using var mounted = await OpenAsync(repository);
            var source = await AtAsync(mounted, "snapshots/latest" + vault.Source);
            var (one, other) = (await mounted.FindAsync(source, RawPath.FromText("file1")), await mounted.FindAsync(source, RawPath.FromText("hard")));
            Assert.Equal(one!.Number, other!.Number);
            var (id, same) = (await AtAsync(mounted, "ids"), await AtAsync(mounted, "snapshots"));
            Assert.NotEqual((await mounted.ListAsync(id))![0].Number, (await mounted.ListAsync(same))![0].Number);
            return 0;
        });
        Assert.NotEqual(ItemNumber.OfHardLink(7, Linked("a")), ItemNumber.OfHardLink(7, Linked("b")));
        Assert.NotEqual(ItemNumber.OfHardLink(7, Linked("a")), ItemNumber.OfHardLink(8, Linked("a")));

        static TreeNode Linked(string content) => new()
        {
            Name = RawPath.FromText("x"),
            Type = NodeType.File,
            Inode = 1,
            DeviceId = 2,
            Links = 2,
            Content = [Engine.Ids.BlobId.Of(Encoding.UTF8.GetBytes(content))],
        };
    }

    [Fact]
    public async Task A_snapshot_that_is_added_shows_up_with_what_it_needs_after_a_minute()
    {
        using var vault = await FilledAsync();
        await vault.BackUpAsync();
        var clock = new FakeTimeProvider();
        await vault.UseAsync(async repository =>
        {
            await using var mounted = await OpenAsync(repository, new MountOptions { Time = clock, PathTemplates = ["%i"] });
            await File.WriteAllTextAsync(Path.Combine(vault.Source, "new"), "it is new");
            var added = (await vault.BackUpAsync()).Snapshot.Id.ToShortString();
            Assert.Single((await mounted.ListAsync(mounted.Root))!);

            clock.Advance(TimeSpan.FromMinutes(1));
            Assert.Equal(2, (await mounted.ListAsync(mounted.Root))!.Count);
            var file = await AtAsync(mounted, added + vault.Source + "/new");
            await using var content = await mounted.OpenAsync(file);
            var bytes = new byte[content.Size];
            await content.ReadAsync(0, bytes);
            Assert.Equal("it is new"u8.ToArray(), bytes);
            return 0;
        });
    }

    [Fact]
    public async Task A_name_that_another_snapshot_gets_has_other_numbers()
    {
        using var vault = await FilledAsync();
        var first = (await vault.BackUpAsync()).Snapshot;
        await vault.BackUpAsync();
        var clock = new FakeTimeProvider();
        await vault.UseAsync(async repository =>
        {
            await using var mounted = await OpenAsync(repository, new MountOptions { Time = clock, PathTemplates = ["same"] });
            var before = await AtAsync(mounted, "same" + vault.Source + "/file2");
            Assert.NotEqual(before.Number, (await AtAsync(mounted, "same-1" + vault.Source + "/file2")).Number);

            await repository.RemoveSnapshotAsync(first.Id);
            clock.Advance(TimeSpan.FromMinutes(1));
            Assert.NotEqual(before.Number, (await AtAsync(mounted, "same" + vault.Source + "/file2")).Number);
            return 0;
        });
    }

    [Fact]
    public async Task An_item_of_a_file_with_many_parts_is_small_and_opens_whole()
    {
        using var vault = await FilledAsync();
        var bytes = OddTree.Noise(3, 6_000_000);
        await vault.UseAsync(async repository =>
        {
            var parts = new List<BlobId>();
            foreach (var part in bytes.Chunk(4_000))
                parts.Add((await repository.SaveBlobAsync(BlobType.Data, part)).Id);
            var tree = await repository.SaveBlobAsync(BlobType.Tree, Encoding.UTF8.GetBytes(
                $$"""{"nodes":[{"name":"image","type":"file","mode":420,"size":{{bytes.Length}},"content":[{{string.Join(',', parts.Select(part => $"\"{part}\""))}}]}]}""" + "\n"));
            await repository.FlushAsync();
            await repository.SaveSnapshotAsync(new Snapshot { Time = TimeProvider.System.GetUtcNow(), Tree = tree.Id, Paths = ["/"], Hostname = "host" });
            return 0;
        });
        await vault.UseAsync(async repository =>
        {
            await using var mounted = await OpenAsync(repository);
            var file = await AtAsync(mounted, "snapshots/latest/image");
            Assert.Null(file.Node.Content);
            await using var content = await mounted.OpenAsync(file);
            var read = new byte[content.Size];
            await content.ReadAsync(0, read);
            Assert.Equal(bytes, read);
            return 0;
        });
    }

    [Fact]
    public async Task A_size_that_lies_is_told_when_the_file_is_opened()
    {
        using var vault = await FilledAsync();
        await vault.BackUpAsync();
        await vault.UseAsync(async repository =>
        {
            await using var mounted = await OpenAsync(repository);
            var file = await AtAsync(mounted, "snapshots/latest" + vault.Source + "/file1");
            var lying = new MountedItem(file.Number, 0, file.Node with { Size = file.Node.Size + 1 }, null);
            Assert.Equal(RepositoryProblem.Corrupt, (await Assert.ThrowsAsync<RepositoryException>(() => mounted.OpenAsync(lying).AsTask())).Problem);
            return 0;
        });
    }

    private static Task<MountedRepository> OpenAsync(Repository repository, MountOptions? options = null) =>
        MountedRepository.OpenAsync(repository, token => repository.SnapshotsAsync(null, token), options ?? new MountOptions(), _ => Task.CompletedTask);

    /// <summary>Follows links too.</summary>
    private static async Task<MountedItem> AtAsync(MountedRepository mounted, string path)
    {
        var item = mounted.Root;
        foreach (var name in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            var found = await mounted.FindAsync(item, RawPath.FromText(name));
            if (found is { Node.Type: NodeType.Symlink })
                found = await mounted.FindAsync(item, found.Node.LinkTarget);
            item = found ?? throw new InvalidOperationException($"{name} of {path} is not there.");
        }

        return item;
    }

    private static async Task<EngineVault> FilledAsync()
    {
        var vault = await new EngineVault().InitAsync();
        foreach (var name in new[] { "file1", "file2", "folder/file3", "folder/below/file4" })
        {
            var path = Path.Combine(vault.Source, name);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            await File.WriteAllTextAsync(path, $"content of {name}");
        }

        using var from = LocalFiles.OpenFolder(RawPath.FromText(vault.Source));
        TargetFiles.Link(from, RawPath.FromText("file1"), from, RawPath.FromText("hard"));
        return vault;
    }
}
