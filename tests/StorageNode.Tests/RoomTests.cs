using System.Net;
using BackupOnline.Grains.Interfaces.Vaults;
using BackupOnline.StorageNode.Tests.Hosting;

namespace BackupOnline.StorageNode.Tests;

public sealed class RoomTests
{
    private const int Mebibyte = 1 << 20;

    [Fact]
    public async Task A_full_quota_refuses_before_a_byte_is_stored_and_deleting_makes_room()
    {
        await using var shelf = await ShelfHost.StartAsync();
        var user = shelf.User(CredentialScope.Prune);
        shelf.Cluster.Vault("acme", "main").QuotaBytes = Mebibyte;
        var (first, second) = (ShelfHost.Bytes(700_000), ShelfHost.Bytes(700_000));
        var name = await shelf.StoreAsync(user, "data", first);

        using (var refused = await shelf.SendAsync(HttpMethod.Post, user, $"data/{ShelfHost.NameOf(second)}", second))
        {
            Assert.Equal(HttpStatusCode.InsufficientStorage, refused.StatusCode);
            Assert.Contains("quota of 1048576 bytes is full", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        Assert.Equal(HttpStatusCode.NotFound, await shelf.StatusAsync(HttpMethod.Head, user, $"data/{ShelfHost.NameOf(second)}"));

        // What is there already, and what a prune needs, still goes.
        await shelf.StoreAsync(user, "data", first);
        await shelf.StoreAsync(user, "locks", ShelfHost.Bytes(400_000));
        await shelf.StoreAsync(user, "index", ShelfHost.Bytes(400_000));
        await shelf.StatusAsync(HttpMethod.Delete, user, $"data/{name}");

        // Hidden bytes are not billed.
        await shelf.StoreAsync(user, "data", ShelfHost.Bytes(200_000));
    }

    [Fact]
    public async Task The_last_room_is_promised_to_one_upload_only()
    {
        await using var shelf = await ShelfHost.StartAsync();
        var user = shelf.User(CredentialScope.Append);
        shelf.Cluster.Vault("acme", "main").QuotaBytes = 4 * Mebibyte;

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ =>
        {
            var bytes = ShelfHost.Bytes(3 * Mebibyte);
            return shelf.StatusAsync(HttpMethod.Post, user, $"data/{ShelfHost.NameOf(bytes)}", bytes);
        }));

        Assert.Single(answers, HttpStatusCode.OK);
        Assert.Equal(7, answers.Count(answer => answer == HttpStatusCode.InsufficientStorage));
        Assert.Empty(UploadTests.Leftovers(shelf));
    }

    [Fact]
    public async Task A_refused_or_broken_upload_gives_its_promised_room_back()
    {
        await using var shelf = await ShelfHost.StartAsync();
        var user = shelf.User(CredentialScope.Append);
        shelf.Cluster.Vault("acme", "main").QuotaBytes = Mebibyte;
        for (var i = 0; i < 5; i++)
            Assert.Equal(HttpStatusCode.BadRequest, await shelf.StatusAsync(HttpMethod.Post, user, $"data/{ShelfHost.NameOf("x"u8)}", ShelfHost.Bytes(900_000)));

        await shelf.StoreAsync(user, "data", ShelfHost.Bytes(900_000));
    }

    [Fact]
    public async Task A_body_without_a_length_stops_at_the_quota()
    {
        await using var shelf = await ShelfHost.StartAsync();
        var user = shelf.User(CredentialScope.Append);
        shelf.Cluster.Vault("acme", "main").QuotaBytes = 10 * Mebibyte;

        var answer = await Hostile.EndlessBodyAsync(shelf, user, $"/acme/main/data/{ShelfHost.NameOf("x"u8)}");

        Assert.StartsWith("HTTP/1.1 507", answer, StringComparison.Ordinal);
        await Eventually.TrueAsync(() => UploadTests.Leftovers(shelf).Length == 0, "nothing is left");
    }

    [Fact]
    public async Task A_full_disk_refuses_and_deleting_still_works()
    {
        using var disk = SmallDisk.Mount(32);
        await using var shelf = await ShelfHost.StartAsync(options => options.FreeReserveBytes = 4 * Mebibyte, disk.Folder);
        var user = shelf.User(CredentialScope.Prune);
        var stored = new List<string>();
        HttpStatusCode last;
        do
        {
            var bytes = ShelfHost.Bytes(3 * Mebibyte);
            using var response = await shelf.SendAsync(HttpMethod.Post, user, $"data/{ShelfHost.NameOf(bytes)}", bytes);
            last = response.StatusCode;
            if (last == HttpStatusCode.OK)
                stored.Add(ShelfHost.NameOf(bytes));
            else
                Assert.Contains("disk is full", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
        while (last == HttpStatusCode.OK);

        Assert.Equal(HttpStatusCode.InsufficientStorage, last);
        Assert.InRange(stored.Count, 5, 10);
        Assert.Empty(UploadTests.Leftovers(shelf));

        // Something else takes the reserve too: not a byte is free, and still a deletion works.
        disk.Fill();
        Assert.Equal(HttpStatusCode.OK, await shelf.StatusAsync(HttpMethod.Delete, user, $"data/{stored[0]}"));
        Assert.Equal(HttpStatusCode.NotFound, await shelf.StatusAsync(HttpMethod.Head, user, $"data/{stored[0]}"));
        Assert.Equal(HttpStatusCode.InsufficientStorage, await shelf.StatusAsync(HttpMethod.Post, user, $"locks/{ShelfHost.NameOf("x"u8)}", "x"u8.ToArray()));
        using (var response = await shelf.SendAsync(HttpMethod.Get, user, $"data/{stored[1]}"))
            Assert.Equal(stored[1], ShelfHost.NameOf(await response.Content.ReadAsByteArrayAsync()));

        // Room again: it recovers by itself.
        disk.Empty();
        await shelf.StoreAsync(user, "locks", ShelfHost.Bytes(1000));
    }

    [Fact]
    public async Task A_disk_that_fills_up_during_an_upload_refuses_it_and_keeps_nothing()
    {
        using var disk = SmallDisk.Mount(32);
        await using var shelf = await ShelfHost.StartAsync(options => options.FreeReserveBytes = 0, disk.Folder);
        var user = shelf.User(CredentialScope.Append);
        await shelf.StoreAsync(user, "data", [1]);

        var answer = await Hostile.EndlessBodyAsync(shelf, user, $"/acme/main/data/{ShelfHost.NameOf("x"u8)}", afterBytes: 2 * Mebibyte, then: disk.Fill);

        Assert.StartsWith("HTTP/1.1 507", answer, StringComparison.Ordinal);
        await Eventually.TrueAsync(() => UploadTests.Leftovers(shelf).Length == 0, "nothing is left");
        disk.Empty();
        await shelf.StoreAsync(user, "data", ShelfHost.Bytes(3 * Mebibyte));
    }
}
