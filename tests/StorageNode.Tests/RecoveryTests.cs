using System.Net;
using BackupOnline.Grains.Interfaces.Vaults;
using BackupOnline.StorageNode.Tests.Hosting;
using Microsoft.Extensions.Time.Testing;

namespace BackupOnline.StorageNode.Tests;

public sealed class RecoveryTests
{
    [Fact]
    public async Task What_an_interrupted_run_left_behind_is_removed_at_start_and_what_was_acknowledged_stays()
    {
        var folder = Directory.CreateTempSubdirectory("shelf-").FullName;
        var cluster = new StubCluster();
        var user = cluster.Vault("acme", "main").Issue(CredentialScope.Append);
        string name;
        await using (var shelf = await ShelfHost.StartAsync(folder: folder, cluster: cluster))
        {
            name = await shelf.StoreAsync(user, "snapshots", ShelfHost.Bytes(1000));
            await File.WriteAllBytesAsync(Path.Combine(shelf.VaultFolder(), ".shelf", "incoming", "0123"), ShelfHost.Bytes(500));
        }

        await using (var shelf = await ShelfHost.StartAsync(folder: folder, cluster: cluster))
        {
            await Eventually.TrueAsync(() => UploadTests.Leftovers(shelf).Length == 0, "leftovers are removed without a request");
            Assert.Equal(HttpStatusCode.OK, await shelf.StatusAsync(HttpMethod.Head, user, $"snapshots/{name}"));
        }

        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_second_shelf_on_the_same_folder_refuses_to_start()
    {
        await using var shelf = await ShelfHost.StartAsync();
        var clock = new FakeTimeProvider(ShelfHost.Start) { AutoAdvanceAmount = TimeSpan.FromSeconds(11) };

        var refusal = await Assert.ThrowsAsync<InvalidOperationException>(() => ShelfHost.StartAsync(folder: shelf.Folder, clock: clock));

        Assert.Contains("Another shelf uses", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_lock_keeps_its_owner_over_a_restart()
    {
        var folder = Directory.CreateTempSubdirectory("shelf-").FullName;
        var cluster = new StubCluster();
        var (owner, other) = (cluster.Vault("acme", "main").Issue(CredentialScope.Restore), cluster.Vault("acme", "main").Issue(CredentialScope.Append));
        string name;
        await using (var shelf = await ShelfHost.StartAsync(folder: folder, cluster: cluster))
            name = await shelf.StoreAsync(owner, "locks", ShelfHost.Bytes(100));

        await using (var shelf = await ShelfHost.StartAsync(folder: folder, cluster: cluster))
        {
            Assert.Equal(HttpStatusCode.Forbidden, await shelf.StatusAsync(HttpMethod.Delete, other, $"locks/{name}"));
            Assert.Equal(HttpStatusCode.OK, await shelf.StatusAsync(HttpMethod.Delete, owner, $"locks/{name}"));
        }

        Directory.Delete(folder, recursive: true);
    }
}
