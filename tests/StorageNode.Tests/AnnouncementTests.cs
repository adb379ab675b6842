using BackupOnline.Grains.Interfaces.Vaults;
using BackupOnline.StorageNode.Tests.Hosting;

namespace BackupOnline.StorageNode.Tests;

public sealed class AnnouncementTests
{
    [Fact]
    public async Task A_snapshot_is_told_at_its_arrival_and_other_objects_are_not()
    {
        await using var shelf = await ShelfHost.StartAsync();
        var user = shelf.User(CredentialScope.Append);
        await shelf.StoreAsync(user, "data", ShelfHost.Bytes(10));
        var name = await shelf.StoreAsync(user, "snapshots", ShelfHost.Bytes(123));

        var vault = shelf.Cluster.Vault("acme", "main");
        await Eventually.TrueAsync(() => !vault.Announcements.IsEmpty, "the snapshot is told");
        var told = Assert.Single(Assert.Single(vault.Announcements).Snapshots);
        Assert.Equal(new SnapshotArrival { Snapshot = name, ReceivedAt = ShelfHost.Start, Bytes = 123, KeyId = user.KeyId }, told);
    }

    [Fact]
    public async Task A_snapshot_that_cannot_be_told_is_stored_and_told_later()
    {
        await using var shelf = await ShelfHost.StartAsync();
        var user = shelf.User(CredentialScope.Append);
        await shelf.StoreAsync(user, "data", [1]);
        shelf.Cluster.IsDown = true;
        var name = await shelf.StoreAsync(user, "snapshots", ShelfHost.Bytes(123));
        shelf.Clock.Advance(TimeSpan.FromMinutes(5));
        shelf.Cluster.IsDown = false;

        var vault = shelf.Cluster.Vault("acme", "main");
        await Eventually.TrueAsync(() => !vault.Announcements.IsEmpty, "the snapshot is told", () => shelf.Clock.Advance(TimeSpan.FromSeconds(10)));
        Assert.Equal(name, vault.Announcements.First().Snapshots.Single().Snapshot);
    }

    [Fact]
    public async Task After_a_restart_and_hourly_the_whole_list_is_told_in_pages()
    {
        var folder = Directory.CreateTempSubdirectory("shelf-").FullName;
        var cluster = new StubCluster();
        var vault = cluster.Vault("acme", "main");
        var names = new HashSet<string>();
        ShelfUser user;
        await using (var shelf = await ShelfHost.StartAsync(folder: folder, cluster: cluster))
        {
            user = shelf.User(CredentialScope.Append);
            names.Add(await shelf.StoreAsync(user, "snapshots", ShelfHost.Bytes(77)));
            foreach (var i in Enumerable.Range(0, 2300))
            {
                names.Add(ShelfHost.NameOf(BitConverter.GetBytes(i)));
                await File.WriteAllBytesAsync(Path.Combine(shelf.VaultFolder(), "snapshots", ShelfHost.NameOf(BitConverter.GetBytes(i))), [1]);
            }
        }

        vault.Announcements.Clear();
        vault.Usage.Clear();
        await using (var shelf = await ShelfHost.StartAsync(folder: folder, cluster: cluster))
        {
            await Eventually.TrueAsync(() => vault.Announcements.Sum(page => page.Snapshots.Length) == names.Count, "the list is told at start");
            Assert.All(vault.Announcements, page => Assert.InRange(page.Snapshots.Length, 1, 1000));
            var told = vault.Announcements.SelectMany(page => page.Snapshots).ToList();
            Assert.Equal(names, told.Select(snapshot => snapshot.Snapshot).ToHashSet());
            Assert.Equal(user.KeyId, told.Single(snapshot => snapshot.Bytes == 77).KeyId);
            Assert.Equal(ShelfHost.Start, told.Single(snapshot => snapshot.Bytes == 77).ReceivedAt);

            await Eventually.TrueAsync(() => vault.Usage.Any(usage => usage is { StoredBytes: 2377, StoredObjects: 2301 }), "usage is counted again at start");

            vault.Announcements.Clear();
            await Eventually.TrueAsync(
                () => vault.Announcements.Sum(page => page.Snapshots.Length) >= names.Count, "the list is told hourly", () => shelf.Clock.Advance(TimeSpan.FromMinutes(10)));
        }

        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Usage_follows_what_comes_and_goes()
    {
        await using var shelf = await ShelfHost.StartAsync();
        var user = shelf.User(CredentialScope.Prune);
        var vault = shelf.Cluster.Vault("acme", "main");
        var name = await shelf.StoreAsync(user, "data", ShelfHost.Bytes(1000));
        await shelf.StoreAsync(user, "index", ShelfHost.Bytes(200));
        await TellsAsync(1200, 2);

        await shelf.StatusAsync(HttpMethod.Delete, user, $"data/{name}");
        await TellsAsync(200, 1);

        // Without a change nothing is told.
        vault.Usage.Clear();
        shelf.Clock.Advance(TimeSpan.FromMinutes(1));
        await shelf.StoreAsync(user, "keys", ShelfHost.Bytes(30));
        await TellsAsync(230, 2);
        Assert.Single(vault.Usage);

        Task TellsAsync(long bytes, long objects) => Eventually.TrueAsync(
            () => vault.Usage.LastOrDefault() is { } usage && usage.StoredBytes == bytes && usage.StoredObjects == objects,
            $"{bytes} bytes are told",
            () => shelf.Clock.Advance(TimeSpan.FromSeconds(1)));
    }

    [Fact]
    public async Task The_node_registers_and_beats_every_30_seconds_also_when_the_cluster_comes_late()
    {
        var cluster = new StubCluster { IsDown = true };
        await using var shelf = await ShelfHost.StartAsync(
            options =>
            {
                options.Hardware = "rack 3";
                options.Site = "lyon";
            },
            cluster: cluster);
        var node = cluster.Node("node1");
        cluster.IsDown = false;

        await Eventually.TrueAsync(() => !node.Registrations.IsEmpty, "the node registers", () => shelf.Clock.Advance(TimeSpan.FromSeconds(2)));
        var registration = node.Registrations.First();
        Assert.Equal(("rack 3", "lyon", shelf.Address.ToString()), (registration.Hardware, registration.Site, registration.StorageUrl));
        Assert.True(registration.CapacityBytes > registration.FreeBytes && registration.FreeBytes > 0);

        await Eventually.TrueAsync(() => node.Beats.Count >= 3, "the node beats", () => shelf.Clock.Advance(TimeSpan.FromSeconds(10)));
        Assert.Single(node.Registrations);
    }
}
