using BackupOnline.Engine.Files;
using BackupOnline.Engine.Trees;

namespace BackupOnline.Engine.Tests.Archiving;

/// <summary>Mounts below a target, compared with restic. Needs root to mount.</summary>
public sealed class FileSystemBoundaryTests
{
    [Fact]
    public async Task One_file_system_keeps_mount_points_as_empty_folders_as_restic_does()
    {
        Assert.SkipUnless(LocalFiles.Self().Uid == 0, "Mounting needs root.");
        using var vault = await new EngineVault().InitAsync();
        var (mounted, named) = (Path.Combine(vault.Source, "mounted"), Path.Combine(vault.Source, "named"));
        foreach (var point in new[] { mounted, named })
        {
            Directory.CreateDirectory(point);
            await Shell.RunAsync($"mount -t tmpfs none '{point}'");
        }

        try
        {
            foreach (var point in new[] { mounted, named, vault.Source })
                Directory.CreateDirectory(Path.Combine(point, "folder"));
            foreach (var point in new[] { mounted, named, vault.Source })
                await File.WriteAllTextAsync(Path.Combine(point, "file"), "x");

            // The second mount is a target itself, and so is let in.
            await StockRestic.RunAsync(vault.Repository, "backup", "--one-file-system", vault.Source, named);
            var byRestic = await ListAsync(vault);
            await vault.BackUpAsync(new() { Targets = vault.Options(vault.Source, named).Targets, Host = "other", OneFileSystem = true });
            Assert.Equal(byRestic, await ListAsync(vault));
            Assert.Contains("/named/file", byRestic, StringComparison.Ordinal);
            Assert.DoesNotContain("/mounted/file", byRestic, StringComparison.Ordinal);
        }
        finally
        {
            await Shell.RunAsync($"umount '{mounted}' '{named}'");
        }
    }

    [Fact]
    public async Task A_folder_that_this_user_may_not_read_is_an_error_of_its_own()
    {
        Assert.SkipWhen(LocalFiles.Self().Uid == 0, "Root may read everything.");
        using var vault = await new EngineVault().InitAsync();
        Directory.CreateDirectory(Path.Combine(vault.Source, "locked"));
        await File.WriteAllTextAsync(Path.Combine(vault.Source, "secret"), "x");
        await File.WriteAllTextAsync(Path.Combine(vault.Source, "open"), "x");
        await Shell.RunAsync($"cd '{vault.Source}' && chmod 0 locked secret");
        var result = await vault.BackUpAsync();
        Assert.Equal(["locked", "secret"], result.Errors.Select(error => error.Path.FileName.ToString()).Order());
        Assert.Equal(1UL, result.Summary.FilesNew);
    }

    private static Task<string> ListAsync(EngineVault vault) => vault.UseAsync(async repository =>
    {
        var paths = new List<string>();
        await foreach (var item in TreeWalk.ItemsAsync(repository, (await repository.FindSnapshotAsync("latest")).Tree))
            paths.Add(item.Path.ToString());
        return string.Join(' ', paths);
    });
}
