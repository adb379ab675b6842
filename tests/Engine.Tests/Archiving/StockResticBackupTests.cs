using System.Text.Json;
using BackupOnline.Engine.Files;
using BackupOnline.Engine.Filters;
using BackupOnline.Engine.Tests.Files;

namespace BackupOnline.Engine.Tests.Archiving;

/// <summary>Backup and restore in both directions, with stock restic as the other side, on a tree with every odd file.</summary>
public sealed class StockResticBackupTests
{
    [Fact]
    public async Task Restic_checks_and_restores_what_we_backed_up()
    {
        using var vault = await new EngineVault().InitAsync();
        OddTree.Create(vault.Source);

        var result = await vault.BackUpAsync();

        Assert.Empty(result.Errors);
        Assert.Empty(result.Notices);
        await StockRestic.RunAsync(vault.Repository, "check", "--read-data");
        await StockRestic.RunAsync(vault.Repository, "restore", "latest", "--target", vault.Folder["restored"]);
        Assert.Empty(new TreeComparer().Compare(vault.Source, vault.Folder["restored"] + vault.Source));
    }

    [Fact]
    public async Task We_restore_what_restic_backed_up()
    {
        using var vault = new EngineVault();
        OddTree.Create(vault.Source);
        await StockRestic.RunAsync(vault.Repository, "init");
        await StockRestic.RunAsync(vault.Repository, "backup", vault.Source);

        var result = await vault.RestoreAsync(await vault.LatestAsync(), vault.Folder["restored"]);

        Assert.Empty(result.Errors);
        Assert.Empty(new TreeComparer { CompareRoom = true }.Compare(vault.Source, vault.Folder["restored"] + vault.Source));
    }

    [Fact]
    public async Task What_we_back_up_we_restore_with_targets_that_are_not_UTF_8()
    {
        using var vault = await new EngineVault().InitAsync();
        OddTree.Create(vault.Source, invalidLinkTarget: true);
        var backup = await vault.BackUpAsync();
        Assert.Empty(backup.Errors);

        // Twice into the same folder: the second finds everything there already.
        foreach (var _ in new[] { 1, 2 })
        {
            var result = await vault.RestoreAsync(backup.Snapshot, vault.Folder["restored"]);
            Assert.Empty(result.Errors);
            Assert.Empty(new TreeComparer { CompareRoom = true }.Compare(vault.Source, vault.Folder["restored"] + vault.Source));
        }
    }

    [Fact]
    public async Task The_same_paths_give_the_tree_that_restic_makes()
    {
        using var vault = new EngineVault();
        OddTree.Create(vault.Source);
        await StockRestic.RunAsync(vault.Repository, "init");
        await StockRestic.RunAsync(vault.Repository, "backup", "--host", "host", vault.Source);
        var byRestic = await vault.LatestAsync();

        var ours = await vault.BackUpAsync();

        Assert.Equal(byRestic.Id, ours.Snapshot.Parent);
        Assert.Equal(0UL, ours.Summary.FilesNew + ours.Summary.FilesChanged);
        Assert.Equal(0, ours.Summary.DataBlobs);

        // Trees of the folders above the source may have changed meanwhile: other programs use them too.
        Assert.InRange(ours.Summary.TreeBlobs, 0, 3);
        Assert.Equal(await SubtreeAsync(vault, byRestic.Id.ToString()), await SubtreeAsync(vault, ours.Snapshot.Id.ToString()));

        var forced = await vault.BackUpAsync(new() { Targets = vault.Options().Targets, Host = "host", Force = true });
        Assert.Equal(0, forced.Summary.DataBlobs);
        Assert.Null(forced.Snapshot.Parent);
    }

    [Fact]
    public async Task Restic_finds_nothing_changed_after_our_backup()
    {
        using var vault = await new EngineVault().InitAsync();
        OddTree.Create(vault.Source);
        var ours = await vault.BackUpAsync();

        var output = await StockRestic.RunAsync(vault.Repository, "backup", "--json", "--host", "host", vault.Source);

        var summary = JsonDocument.Parse(output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Last()).RootElement;
        Assert.Equal(0, summary.GetProperty("files_new").GetInt32());
        Assert.Equal(0, summary.GetProperty("files_changed").GetInt32());
        Assert.Equal((int)ours.Summary.TotalFilesProcessed, summary.GetProperty("files_unmodified").GetInt32());
        Assert.Equal(ours.Summary.TotalBytesProcessed, summary.GetProperty("total_bytes_processed").GetUInt64());
        Assert.Equal(0, summary.GetProperty("data_blobs").GetInt32());
        Assert.Equal(await SubtreeAsync(vault, ours.Snapshot.Id.ToString()), await SubtreeAsync(vault, summary.GetProperty("snapshot_id").GetString()!));
    }

    [Theory]
    [InlineData("source")]
    [InlineData("source/names", "source/links/hard a", "source/text")]
    [InlineData("source/links", "source")]
    [InlineData("source", "source/links", "source/names/..hidden")]
    [InlineData("./source/../source/many/")]
    [InlineData("source/text", "../%/source/many", "../%/source/text")]
    [InlineData(".")]
    [InlineData("source/links/to a folder/text")]
    public async Task Targets_stand_in_the_snapshot_where_restic_puts_them(params string[] targets)
    {
        using var vault = new EngineVault();
        foreach (var name in new[] { "text", "names/..hidden", "names/other", "links/hard a", "many/1", "many/2" })
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(vault.Source, name))!);
            await File.WriteAllTextAsync(Path.Combine(vault.Source, name), name);
        }

        File.CreateSymbolicLink(Path.Combine(vault.Source, "links/to a folder"), "..");
        await StockRestic.RunAsync(vault.Repository, "init");
        targets = [.. targets.Select(target => target.Replace("%", Path.GetFileName(vault.Folder.Path), StringComparison.Ordinal))];

        // "." holds the repository too, which grows with each backup: excluded on both sides.
        var script = $"cd '{vault.Folder.Path}' && restic backup -q --no-cache --host host --exclude repo " + string.Join(' ', targets.Select(target => $"'{target}'"));
        await Shell.RunAsync(script, ("RESTIC_REPOSITORY", vault.Repository), ("RESTIC_PASSWORD", StockRestic.Password));
        var byRestic = await ListAsync(vault, "latest");

        var ours = await vault.BackUpAsync(new()
        {
            Targets = vault.Options(targets).Targets,
            WorkingFolder = RawPath.FromText(vault.Folder.Path),
            Host = "host",
            Excludes = new() { Patterns = PatternList.Parse(["repo"]) },
        });

        Assert.Equal(byRestic, await ListAsync(vault, ours.Snapshot.Id.ToString()));
        Assert.Equal(0, ours.Summary.DataBlobs);
    }

    /// <summary>The tree of the source folder itself: found by restic, from the path of the snapshot.</summary>
    private static async Task<string> SubtreeAsync(EngineVault vault, string snapshot)
    {
        var tree = JsonDocument.Parse(await StockRestic.RunAsync(vault.Repository, "cat", "snapshot", snapshot)).RootElement.GetProperty("tree").GetString()!;
        foreach (var name in vault.Source.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            var nodes = JsonDocument.Parse(await StockRestic.RunAsync(vault.Repository, "cat", "blob", tree)).RootElement.GetProperty("nodes");
            tree = nodes.EnumerateArray().Single(node => node.GetProperty("name").GetString() == name).GetProperty("subtree").GetString()!;
        }

        return tree;
    }

    private static async Task<string> ListAsync(EngineVault vault, string snapshot)
    {
        var lines = (await StockRestic.RunAsync(vault.Repository, "ls", "--json", snapshot)).Split('\n', StringSplitOptions.RemoveEmptyEntries);

        // The first line is the snapshot; times of folders above the source move while tests run beside each other.
        return string.Join('\n', lines.Skip(1).Select(line => JsonDocument.Parse(line).RootElement).Select(item => $"{item.GetProperty("path")} {item.GetProperty("type")} {(item.TryGetProperty("mode", out var mode) ? mode.ToString() : "0")}"));
    }
}
