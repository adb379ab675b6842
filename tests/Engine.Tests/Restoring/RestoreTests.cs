using System.Text;
using BackupOnline.Engine.Blobs;
using BackupOnline.Engine.Files;
using BackupOnline.Engine.Filters;
using BackupOnline.Engine.Ids;
using BackupOnline.Engine.Repositories;
using BackupOnline.Engine.Restoring;
using BackupOnline.Engine.Tests.Archiving;
using BackupOnline.Engine.Tests.Files;

namespace BackupOnline.Engine.Tests.Restoring;

/// <summary>What a restore does with hostile snapshots and targets, with damage, and with selections.</summary>
public sealed class RestoreTests
{
    [Fact]
    public async Task A_symlink_in_the_target_is_replaced_and_never_followed()
    {
        using var vault = await new EngineVault().InitAsync();
        Directory.CreateDirectory(Path.Combine(vault.Source, "folder"));
        await File.WriteAllTextAsync(Path.Combine(vault.Source, "folder/file"), "restored");
        await File.WriteAllTextAsync(Path.Combine(vault.Source, "plain"), "restored");
        await File.WriteAllTextAsync(Path.Combine(vault.Source, "linked"), "restored");
        var outside = Directory.CreateDirectory(vault.Folder["outside"]).FullName;
        await File.WriteAllTextAsync(Path.Combine(outside, "precious"), "untouched");
        var target = Directory.CreateDirectory(vault.Folder["target"]).FullName;
        File.CreateSymbolicLink(Path.Combine(target, "folder"), outside);
        File.CreateSymbolicLink(Path.Combine(target, "plain"), Path.Combine(outside, "precious"));
        using (var outsideFolder = LocalFiles.OpenFolder(RawPath.FromText(outside)))
        using (var targetFolder = LocalFiles.OpenFolder(RawPath.FromText(target)))
            TargetFiles.Link(outsideFolder, RawPath.FromText("precious"), targetFolder, RawPath.FromText("linked"));
        var snapshot = (await vault.BackUpAsync(new() { Targets = [RawPath.FromText("folder"), RawPath.FromText("plain"), RawPath.FromText("linked")], WorkingFolder = RawPath.FromText(vault.Source), Host = "host" })).Snapshot;

        var result = await vault.RestoreAsync(snapshot, target);

        Assert.Empty(result.Errors);
        Assert.Equal(["precious"], Directory.GetFileSystemEntries(outside).Select(Path.GetFileName));
        Assert.Equal("untouched", await File.ReadAllTextAsync(Path.Combine(outside, "precious")));
        Assert.Empty(new TreeComparer { CompareRoots = false }.Compare(vault.Source, target));
    }

    [Fact]
    public async Task Files_of_one_folder_get_each_its_own_owner_and_permissions()
    {
        Assert.SkipWhen(Environment.UserName != "root", "Only root may give files away.");
        using var vault = await new EngineVault().InitAsync();
        var content = await vault.UseAsync(async repository =>
        {
            var saved = await repository.SaveBlobAsync(BlobType.Data, "x"u8.ToArray());
            await repository.FlushAsync();
            return saved.Id;
        });
        var tree = await SaveTreeAsync(vault, $$"""{"nodes":[{{string.Join(',', Nodes())}}]}""");
        var target = Directory.CreateDirectory(vault.Folder["target"]).FullName;

        // What is made in it gets its group, not the process's.
        using (var above = LocalFiles.OpenFolder(RawPath.FromText(vault.Folder.Path)))
        {
            TargetFiles.SetOwner(above, RawPath.FromText("target"), 0, 1234);
            TargetFiles.SetPermissions(above, RawPath.FromText("target"), 0x5c0);
        }

        var result = await RestoreTreeAsync(vault, tree);

        Assert.Empty(result.Errors);
        using var folder = LocalFiles.OpenFolder(RawPath.FromText(target));
        foreach (var (name, mode, uid, gid) in Files())
        {
            var status = LocalFiles.Status(folder, RawPath.FromText(name));
            Assert.Equal((name, mode, uid, gid), (name, status.Mode.UnixPermissions, status.Uid, status.Gid));
        }

        static IEnumerable<(string Name, uint Mode, uint Uid, uint Gid)> Files() =>
            Enumerable.Range(0, 24).Select(i => ($"f{i:00}", (i % 4) switch { 0 => 0x1a4u, 1 => 0x1ffu, 2 => 0x9edu, _ => 0x100u }, i < 8 ? 0u : (uint)(i % 3 * 500), i < 8 ? 1234u : (uint)(i % 2 * 600)));

        IEnumerable<string> Nodes() => Files().Select(file =>
            $$"""{"name":"{{file.Name}}","type":"file","mode":{{(file.Mode & 0x1ff) | ((file.Mode & 0x800) != 0 ? 1u << 23 : 0)}},"uid":{{file.Uid}},"gid":{{file.Gid}},"size":1,"content":["{{content}}"]}""");
    }

    [Theory]
    [InlineData("../escaped")]
    [InlineData("..")]
    [InlineData("/absolute")]
    [InlineData("a\\\\x2fb")]
    public async Task A_hostile_name_is_refused(string name)
    {
        using var vault = await new EngineVault().InitAsync();
        var tree = await SaveTreeAsync(vault, $$"""{"nodes":[{"name":"{{name}}","type":"file","mode":420,"content":[]}]}""");
        var result = await RestoreTreeAsync(vault, tree);
        Assert.Contains("name", Assert.Single(result.Errors).Reason, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(vault.Folder["target"]));
        Assert.False(Path.Exists(vault.Folder["escaped"]));
    }

    [Fact]
    public async Task A_link_and_a_folder_of_the_same_name_cannot_be_in_one_tree()
    {
        using var vault = await new EngineVault().InitAsync();
        var outside = Directory.CreateDirectory(vault.Folder["outside"]).FullName;
        var inner = await SaveTreeAsync(vault, """{"nodes":[{"name":"evil","type":"file","mode":420,"content":[]}]}""");
        var tree = await SaveTreeAsync(
            vault, $$"""{"nodes":[{"name":"d","type":"symlink","mode":134218239,"linktarget":"{{outside}}"},{"name":"d","type":"dir","mode":2147484141,"subtree":"{{inner}}"}]}""");
        var result = await RestoreTreeAsync(vault, tree);
        Assert.Equal(1, result.ErrorCount);
        Assert.Empty(Directory.GetFileSystemEntries(outside));
    }

    [Fact]
    public async Task Each_file_of_more_than_one_plan_holds_is_written_once()
    {
        // A plan has 20,000 entries at most.
        const int Count = 20_100;
        using var vault = await new EngineVault().InitAsync();
        var content = await vault.UseAsync(async repository =>
        {
            var saved = await repository.SaveBlobAsync(BlobType.Data, "x"u8.ToArray());
            await repository.FlushAsync();
            return saved.Id;
        });
        var nodes = Enumerable.Range(0, Count).Select(i => $$"""{"name":"f{{i:00000}}","type":"file","mode":420,"size":1,"content":["{{content}}"]}""");
        var tree = await SaveTreeAsync(vault, $$"""{"nodes":[{{string.Join(',', nodes)}}]}""");
        var progress = new RestoreProgress();

        var result = await vault.UseAsync(
            repository => Restorer.RestoreAsync(repository, new RestoreOptions { Tree = tree, Target = RawPath.FromText(vault.Folder["target"]) }, progress));

        Assert.Empty(result.Errors);
        Assert.Equal((Count, Count), (result.Files, result.Bytes));
        Assert.Equal((Count, Count), (progress.Read().FilesDone, progress.Read().BytesDone));
        Assert.Equal(Count, Directory.GetFiles(vault.Folder["target"]).Count(file => new FileInfo(file).Length == 1));
    }

    [Fact]
    public async Task A_missing_part_is_one_error_and_other_files_are_restored()
    {
        using var vault = await new EngineVault().InitAsync();
        await File.WriteAllTextAsync(Path.Combine(vault.Source, "whole"), "here");
        await vault.BackUpAsync();
        var missing = BlobId.Of("never saved"u8);
        var present = BlobId.Of("here"u8);
        var tree = await SaveTreeAsync(
            vault,
            $$"""{"nodes":[{"name":"broken","type":"file","mode":420,"content":["{{present}}","{{missing}}"]},{"name":"d","type":"dir","mode":2147484141,"subtree":"{{missing}}"},{"name":"whole","type":"file","mode":420,"content":["{{present}}"]}]}""");

        var result = await RestoreTreeAsync(vault, tree);

        Assert.Equal(["broken", "d"], result.Errors.Select(error => error.Path.ToString()));
        Assert.Contains(missing.ToString(), result.Errors[0].Reason, StringComparison.Ordinal);
        Assert.Equal("here", await File.ReadAllTextAsync(vault.Folder["target/whole"]));
        Assert.False(File.Exists(vault.Folder["target/broken"]));
        Assert.True(Directory.Exists(vault.Folder["target/d"]));
    }

    [Fact]
    public async Task A_damaged_pack_is_reported_per_file_and_the_rest_is_restored()
    {
        using var vault = await new EngineVault().InitAsync();
        for (var i = 0; i < 12; i++)
            await File.WriteAllBytesAsync(Path.Combine(vault.Source, $"file{i:d2}"), OddTree.Noise(i, 1_000_000));
        var snapshot = await vault.UseAsync(
            async repository => (await Engine.Archiving.Archiver.BackUpAsync(repository, vault.Options())).Snapshot, new RepositoryOptions { PackSizeBytes = 4 << 20 });
        var damaged = await vault.UseAsync(
            repository => Task.FromResult(repository.Index.Entries().First(entry => entry.Type == BlobType.Data).Location));
        var pack = Path.Combine(vault.Repository, "data", damaged.Pack.ToString()[..2], damaged.Pack.ToString());
        await EngineVault.DamageAsync(pack, file =>
        {
            file.Position = damaged.Offset + 100;
            file.Write(new byte[10]);
        });

        var result = await vault.RestoreAsync(snapshot, vault.Folder["target"]);

        var error = Assert.Single(result.Errors);
        Assert.Contains("incomplete", error.Reason, StringComparison.Ordinal);
        Assert.Contains(damaged.Pack.ToString(), error.Reason, StringComparison.Ordinal);
        var differences = new TreeComparer().Compare(vault.Source, vault.Folder["target"] + vault.Source);
        Assert.Single(differences);
        Assert.Contains("content", differences[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--include SRC/many")]
    [InlineData("--include **/file?1")]
    [InlineData("--include hard*")]
    [InlineData("--iinclude TEXT")]
    [InlineData("--exclude many")]
    [InlineData("--exclude SRC/names/*")]
    [InlineData("--iexclude HARD*")]
    public async Task Selections_restore_what_restic_restores(string selection)
    {
        using var vault = await new EngineVault().InitAsync();
        foreach (var name in new[] { "text", "names/a", "names/b", "links/hard a", "many/file01", "many/file11", "many/file20", "deep/er/file01" })
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(vault.Source, name))!);
            await File.WriteAllTextAsync(Path.Combine(vault.Source, name), name);
        }

        var snapshot = (await vault.BackUpAsync()).Snapshot;
        var words = selection.Replace("SRC", vault.Source, StringComparison.Ordinal).Split(' ');
        await StockRestic.RunAsync(vault.Repository, ["restore", "latest", "--target", vault.Folder["by restic"], .. words]);

        var insensitive = words[0].StartsWith("--i", StringComparison.Ordinal) && words[0] != "--include";
        var patterns = PatternList.Parse([words[1]], insensitive);
        var isInclude = words[0].EndsWith("include", StringComparison.Ordinal);
        await vault.UseAsync(repository => Restorer.RestoreAsync(repository, new RestoreOptions
        {
            Tree = snapshot.Tree,
            Target = RawPath.FromText(vault.Folder["by us"]),
            Include = isInclude && !insensitive ? patterns : PatternList.Empty,
            CaseInsensitiveInclude = isInclude && insensitive ? patterns : PatternList.Empty,
            Exclude = !isInclude && !insensitive ? patterns : PatternList.Empty,
            CaseInsensitiveExclude = !isInclude && insensitive ? patterns : PatternList.Empty,
        }));

        Assert.Equal(Files(vault.Folder["by restic"]), Files(vault.Folder["by us"]));
    }

    [Fact]
    public async Task A_full_target_is_named()
    {
        Assert.SkipUnless(LocalFiles.Self().Uid == 0, "A small file system needs root to be mounted.");
        using var vault = await new EngineVault().InitAsync();
        await File.WriteAllBytesAsync(Path.Combine(vault.Source, "large"), OddTree.Noise(1, 6_000_000));
        var snapshot = (await vault.BackUpAsync()).Snapshot;
        var target = Directory.CreateDirectory(vault.Folder["small"]).FullName;
        await Shell.RunAsync($"mount -t tmpfs -o size=2m none '{target}'");
        try
        {
            var thrown = await Assert.ThrowsAsync<RestoreFailedException>(() => vault.RestoreAsync(snapshot, target));
            Assert.Contains("No space left on target", thrown.Message, StringComparison.Ordinal);
            Assert.Contains(target, thrown.Message, StringComparison.Ordinal);
        }
        finally
        {
            await Shell.RunAsync($"umount '{target}'");
        }
    }

    [Fact]
    public async Task A_target_that_cannot_be_made_is_named()
    {
        using var vault = await new EngineVault().InitAsync();
        await File.WriteAllTextAsync(Path.Combine(vault.Source, "file"), "x");
        var snapshot = (await vault.BackUpAsync()).Snapshot;
        var thrown = await Assert.ThrowsAsync<RestoreFailedException>(() => vault.RestoreAsync(snapshot, Path.Combine(vault.Source, "file", "below a file")));
        Assert.Contains("below a file", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_store_that_is_away_ends_the_restore()
    {
        using var vault = await new EngineVault().InitAsync();
        await File.WriteAllTextAsync(Path.Combine(vault.Source, "file"), "x");
        var snapshot = (await vault.BackUpAsync()).Snapshot;
        Directory.Delete(Path.Combine(vault.Repository, "data"), recursive: true);
        await Assert.ThrowsAsync<RepositoryException>(() => vault.RestoreAsync(snapshot, vault.Folder["target"]));
    }

    private static string Files(string folder) => string.Join(
        '\n', Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(folder, path)).Order(StringComparer.Ordinal));

    private static Task<BlobId> SaveTreeAsync(EngineVault vault, string json) => vault.UseAsync(async repository =>
    {
        var saved = await repository.SaveBlobAsync(BlobType.Tree, Encoding.UTF8.GetBytes(json + "\n"));
        await repository.FlushAsync();
        return saved.Id;
    });

    private static Task<RestoreResult> RestoreTreeAsync(EngineVault vault, BlobId tree) => vault.UseAsync(
        repository => Restorer.RestoreAsync(repository, new RestoreOptions { Tree = tree, Target = RawPath.FromText(vault.Folder["target"]) }));
}
