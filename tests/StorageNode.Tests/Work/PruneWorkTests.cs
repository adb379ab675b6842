using BackupOnline.Engine.Ids;
using BackupOnline.Engine.Repositories;
using BackupOnline.Grains.Interfaces.Nodes;
using BackupOnline.Grains.Interfaces.Vaults;
using BackupOnline.StorageNode.Tests.Hosting;
using BackupOnline.StorageNode.Vaults;
using BackupOnline.StorageNode.Work;
using Microsoft.Extensions.DependencyInjection;

namespace BackupOnline.StorageNode.Tests.Work;

/// <summary>Stock restic fills a hot vault, the worker forgets and prunes, stock restic judges.</summary>
public sealed class PruneWorkTests
{
    [Fact]
    public async Task What_is_named_is_forgotten_and_pruned_and_all_else_stays_whole()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/restic"), "restic is not installed");
        await using var hot = await HotShelf.StartAsync();
        await hot.RunAsync(NodeWorkKind.Keys);
        using var restic = hot.Restic();
        var trees = await BackUpDaysAsync(hot, restic, days: 4);
        var snapshots = await hot.SnapshotsAsync(restic);
        var (packs, used) = (hot.Files("data"), await UsedAsync(hot));

        hot.Forget(snapshots[0], snapshots[2], new string('0', 64));
        var finished = await hot.WorkAsync(NodeWorkKind.Prune);

        Assert.Equal((NodeWorkOutcome.Done, null), (finished.Outcome, finished.Code));
        Assert.Empty(hot.Vault.Order.Forget);
        Assert.Equal([snapshots[1], snapshots[3]], await hot.SnapshotsAsync(restic));
        var pruned = Assert.Single(hot.Vault.Pruned);
        Assert.True(pruned.RemovedPacks > 0 && pruned.Snapshots == 2, pruned.ToString());
        Assert.InRange(await UsedAsync(hot), 1, used - 1);
        await RestoreAsync(hot, restic, snapshots[1], trees[1]);
        await RestoreAsync(hot, restic, snapshots[3], trees[3]);
        await restic.RunAsync(hot.Shelf.User(CredentialScope.Restore), "check", "--read-data");
        await restic.LocalAsync(hot.Shelf.VaultFolder(), "check", "--read-data");
        Assert.Empty(hot.Files("locks"));

        // Hidden for the window, not gone: as a DELETE with prune scope does it.
        var hidden = Directory.GetFiles(Path.Combine(hot.Shelf.VaultFolder(), ".shelf", "hidden"), "*", SearchOption.AllDirectories).Select(path => Path.GetFileName(path)!.Split('.')[0]).ToList();
        Assert.Contains(snapshots[0], hidden);
        Assert.All(packs.Except(hot.Files("data")), pack => Assert.Contains(pack, hidden));

        // The same work again finds nothing to do.
        await hot.WorkAsync(NodeWorkKind.Prune);
        Assert.Equal((0L, 2), (hot.Vault.Pruned.Last().RemovedPacks, hot.Vault.Pruned.Last().Snapshots));
    }

    [Fact]
    public async Task Beside_a_running_backup_nothing_is_removed_and_after_it_the_order_is_carried_out()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/restic"), "restic is not installed");
        await using var hot = await HotShelf.StartAsync();
        await hot.RunAsync(NodeWorkKind.Keys);
        using var restic = hot.Restic();
        var trees = await BackUpDaysAsync(hot, restic, days: 2);
        var snapshots = await hot.SnapshotsAsync(restic);
        hot.Forget(snapshots[0]);
        using var backup = restic.Begin(hot.Shelf.User(CredentialScope.Append), "backup", "--stdin", "--stdin-filename", "stream");
        await backup.StandardInput.BaseStream.WriteAsync(ShelfHost.Bytes(1 << 20), TestContext.Current.CancellationToken);
        await backup.StandardInput.BaseStream.FlushAsync(TestContext.Current.CancellationToken);
        await Eventually.TrueAsync(() => hot.Files("locks").Count > 0, "the backup holds its lock", seconds: 120);

        var beside = await hot.WorkAsync(NodeWorkKind.Prune);

        Assert.Equal((NodeWorkOutcome.Busy, "repository-locked"), (beside.Outcome, beside.Code));
        Assert.Equal(snapshots.Order(), hot.Files("snapshots").Order());
        backup.StandardInput.Close();
        await backup.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, backup.ExitCode);
        Assert.Equal(NodeWorkOutcome.Done, (await hot.WorkAsync(NodeWorkKind.Prune)).Outcome);
        Assert.Equal(2, hot.Files("snapshots").Count);
        Assert.DoesNotContain(snapshots[0], hot.Files("snapshots"));
        await RestoreAsync(hot, restic, snapshots[1], trees[1]);
        await restic.RunAsync(hot.Shelf.User(CredentialScope.Restore), "check", "--read-data");
    }

    [Fact]
    public async Task A_repository_that_lacks_what_it_needs_loses_nothing_and_is_told()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/restic"), "restic is not installed");
        await using var hot = await HotShelf.StartAsync();
        await hot.RunAsync(NodeWorkKind.Keys);
        using var restic = hot.Restic();
        await BackUpDaysAsync(hot, restic, days: 2);
        var snapshots = await hot.SnapshotsAsync(restic);
        var lost = Directory.GetFiles(Path.Combine(hot.Shelf.VaultFolder(), "data"), "*", SearchOption.AllDirectories).OrderByDescending(path => new FileInfo(path).Length).First();
        File.Delete(lost);
        var left = hot.Files("data").Count;
        hot.Forget(snapshots[0]);

        var finished = await hot.WorkAsync(NodeWorkKind.Prune);

        Assert.Equal((NodeWorkOutcome.NeedsOperator, "repository-damaged"), (finished.Outcome, finished.Code));
        Assert.Equal((2, left), (hot.Files("snapshots").Count, hot.Files("data").Count));
        Assert.Single(hot.Vault.Order.Forget);
        Assert.Empty(hot.Files("locks"));
    }

    [Fact]
    public async Task The_worker_may_do_what_a_prune_credential_may_and_no_more()
    {
        await using var hot = await HotShelf.StartAsync();
        await hot.RunAsync(NodeWorkKind.Keys);
        using var store = await hot.Shelf.Services.GetRequiredService<HotVaults>().StoreAsync(HotShelf.Main, hot.Vault.Order with { QuotaBytes = 1 });
        var cancel = TestContext.Current.CancellationToken;
        var strangers = await hot.Shelf.StoreAsync(hot.Shelf.User(CredentialScope.Append), "locks", ShelfHost.Bytes(100));
        var pack = ShelfHost.Bytes(1000);

        Assert.Equal(RepositoryProblem.AccessDenied, (await Assert.ThrowsAsync<RepositoryException>(() => store.DeleteAsync(ObjectName.Config, cancel))).Problem);
        Assert.Equal(
            RepositoryProblem.AccessDenied,
            (await Assert.ThrowsAsync<RepositoryException>(() => store.DeleteAsync(new(ObjectKind.Lock, strangers), cancel))).Problem);
        Assert.Equal(
            RepositoryProblem.NoRoom,
            (await Assert.ThrowsAsync<RepositoryException>(() => store.PutAsync(new(ObjectKind.Data, ShelfHost.NameOf(pack)), pack, cancel))).Problem);
        Assert.Equal(
            RepositoryProblem.Corrupt,
            (await Assert.ThrowsAsync<RepositoryException>(() => store.PutAsync(new(ObjectKind.Index, ShelfHost.NameOf([1])), pack, cancel))).Problem);
        Assert.Empty(hot.Files("index"));
    }

    /// <summary>Each day half of the files change, so that packs become half empty; gives a copy of each day's tree.</summary>
    private static async Task<IReadOnlyList<string>> BackUpDaysAsync(HotShelf hot, ResticWork restic, int days)
    {
        var append = hot.Shelf.User(CredentialScope.Append);
        var random = new Random(7);
        var copies = new List<string>();
        for (var day = 0; day < days; day++)
        {
            Directory.CreateDirectory(restic.Tree);
            var copy = Path.Combine(restic.Folder, $"day{day}");
            Directory.CreateDirectory(copy);
            for (var file = 0; file < 16; file++)
            {
                var path = Path.Combine(restic.Tree, $"file{file}");
                if (day == 0 || file % 2 == day % 2)
                {
                    var bytes = new byte[300_000];
                    random.NextBytes(bytes);
                    await File.WriteAllBytesAsync(path, bytes, TestContext.Current.CancellationToken);
                }

                File.Copy(path, Path.Combine(copy, $"file{file}"));
            }

            await restic.RunAsync(append, "backup", "--quiet", restic.Tree);
            copies.Add(copy);
        }

        return copies;
    }

    private static async Task RestoreAsync(HotShelf hot, ResticWork restic, string snapshot, string tree)
    {
        var target = Path.Combine(restic.Folder, $"back-{snapshot[..8]}");
        await restic.RunAsync(hot.Shelf.User(CredentialScope.Restore), "restore", snapshot, "--target", target);
        var restored = Path.Combine(target, restic.Tree.TrimStart('/'));
        Assert.Equal(Directory.GetFiles(tree).Select(path => Path.GetFileName(path)!).Order(), Directory.GetFiles(restored).Select(path => Path.GetFileName(path)!).Order());
        foreach (var path in Directory.GetFiles(tree))
            Assert.Equal(await File.ReadAllBytesAsync(path), await File.ReadAllBytesAsync(Path.Combine(restored, Path.GetFileName(path))));
    }

    private static async Task<long> UsedAsync(HotShelf hot) =>
        (await hot.Shelf.Services.GetRequiredService<VaultRegister>().OpenAsync(HotShelf.Main)).Usage.Stored.Bytes;
}
