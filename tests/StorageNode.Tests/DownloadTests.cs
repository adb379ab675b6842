using System.Net;
using System.Net.Http.Json;
using BackupOnline.Grains.Interfaces.Vaults;
using BackupOnline.StorageNode.Protocol;
using BackupOnline.StorageNode.Tests.Hosting;

namespace BackupOnline.StorageNode.Tests;

public sealed class DownloadTests
{
    [Theory]
    [InlineData("bytes=0-9", 206, 0, 10)]
    [InlineData("bytes=10-", 206, 10, 990)]
    [InlineData("bytes=999-", 206, 999, 1)]
    [InlineData("bytes=990-5000", 206, 990, 10)]
    [InlineData("bytes=-5", 206, 995, 5)]
    [InlineData("bytes=-5000", 206, 0, 1000)]
    [InlineData("bytes=0-", 206, 0, 1000)]
    [InlineData("bytes=1000-", 416, 0, 0)]
    [InlineData("bytes=1000-1001", 416, 0, 0)]
    [InlineData("bytes=99999999999999999999-", 200, 0, 1000)]
    [InlineData("bytes=-0", 416, 0, 0)]
    [InlineData("bytes=9-3", 200, 0, 1000)]
    [InlineData("bytes=a-b", 200, 0, 1000)]
    [InlineData("lines=1-2", 200, 0, 1000)]
    [InlineData("bytes=0-1,5-6", 200, 0, 1000)]
    [InlineData(null, 200, 0, 1000)]
    public async Task A_range_gives_exactly_its_bytes(string? range, int status, int offset, int count)
    {
        await using var shelf = await ShelfHost.StartAsync();
        var user = shelf.User(CredentialScope.Append);
        var bytes = ShelfHost.Bytes(1000);
        var name = await shelf.StoreAsync(user, "data", bytes);

        using var response = await shelf.SendAsync(HttpMethod.Get, user, $"data/{name}", range: range);

        Assert.Equal(status, (int)response.StatusCode);
        if (status == 416)
        {
            Assert.Equal("bytes */1000", response.Content.Headers.ContentRange?.ToString());
            return;
        }

        Assert.Equal(count, response.Content.Headers.ContentLength);
        Assert.Equal(status == 206 ? $"bytes {offset}-{offset + count - 1}/1000" : null, response.Content.Headers.ContentRange?.ToString());
        Assert.Equal(bytes[offset..(offset + count)], await response.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public void An_empty_object_has_no_satisfiable_range()
    {
        Assert.Null(ByteRange.Of("bytes=0-", 0));
        Assert.Null(ByteRange.Of("bytes=-1", 0));
        Assert.Equal(new ByteRange(0, 0, true), ByteRange.Of(null, 0));
    }

    [Fact]
    public async Task Head_tells_the_length_and_sends_no_body()
    {
        await using var shelf = await ShelfHost.StartAsync();
        var user = shelf.User(CredentialScope.Restore);
        var name = await shelf.StoreAsync(shelf.User(CredentialScope.Append), "keys", ShelfHost.Bytes(321));

        using var response = await shelf.SendAsync(HttpMethod.Head, user, $"keys/{name}");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(321, response.Content.Headers.ContentLength);
        Assert.Equal("application/octet-stream", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal(HttpStatusCode.NotFound, await shelf.StatusAsync(HttpMethod.Head, user, $"keys/{ShelfHost.NameOf("no"u8)}"));
    }

    [Theory]
    [InlineData("data")]
    [InlineData("snapshots")]
    public async Task A_listing_is_of_version_2_and_holds_exactly_the_objects(string type)
    {
        await using var shelf = await ShelfHost.StartAsync();
        var user = shelf.User(CredentialScope.Append);
        using (var empty = await shelf.SendAsync(HttpMethod.Get, user, $"{type}/"))
            Assert.Equal("[]", await empty.Content.ReadAsStringAsync());

        var expected = new Dictionary<string, long>();
        foreach (var size in Enumerable.Range(1, 40))
            expected[await shelf.StoreAsync(user, type, ShelfHost.Bytes(size))] = size;

        // What is not an object is not listed.
        await File.WriteAllTextAsync(Path.Combine(shelf.VaultFolder(), type, "README"), "x");
        using var response = await shelf.SendAsync(HttpMethod.Get, user, $"{type}/");

        Assert.Equal("application/vnd.x.restic.rest.v2", response.Content.Headers.ContentType?.MediaType);
        var entries = await response.Content.ReadFromJsonAsync<List<Entry>>();
        Assert.Equal(expected, entries!.ToDictionary(entry => entry.Name, entry => entry.Size));
    }

    [Fact]
    public async Task A_listing_longer_than_a_page_is_whole()
    {
        await using var shelf = await ShelfHost.StartAsync();
        var user = shelf.User(CredentialScope.Append);
        await shelf.StoreAsync(user, "locks", [1]);
        var folder = Path.Combine(shelf.VaultFolder(), "snapshots");
        var names = Enumerable.Range(0, 2500).Select(i => ShelfHost.NameOf(BitConverter.GetBytes(i))).ToHashSet();
        foreach (var name in names)
            await File.WriteAllBytesAsync(Path.Combine(folder, name), []);

        using var response = await shelf.SendAsync(HttpMethod.Get, user, "snapshots/");

        Assert.Equal(names, (await response.Content.ReadFromJsonAsync<List<Entry>>())!.Select(entry => entry.Name).ToHashSet());
    }

    [Fact]
    public async Task Creating_the_folders_twice_is_fine_and_a_vault_without_folders_is_empty()
    {
        await using var shelf = await ShelfHost.StartAsync();
        var user = shelf.User(CredentialScope.Append);
        using (var empty = await shelf.SendAsync(HttpMethod.Get, user, "locks/"))
            Assert.Equal("[]", await empty.Content.ReadAsStringAsync());

        Assert.Equal(HttpStatusCode.Forbidden, await shelf.StatusAsync(HttpMethod.Post, shelf.User(CredentialScope.Restore), "?create=true"));
        Assert.False(Directory.Exists(shelf.VaultFolder()));
        Assert.Equal(HttpStatusCode.OK, await shelf.StatusAsync(HttpMethod.Post, user, "?create=true"));
        Assert.Equal(HttpStatusCode.OK, await shelf.StatusAsync(HttpMethod.Post, user, "?create=true"));
        Assert.True(Directory.Exists(Path.Combine(shelf.VaultFolder(), "snapshots")));
        Assert.Equal(HttpStatusCode.MethodNotAllowed, await shelf.StatusAsync(HttpMethod.Put, user, "config", [1]));
        Assert.Equal(HttpStatusCode.MethodNotAllowed, await shelf.StatusAsync(HttpMethod.Delete, user, ""));
    }

    private sealed record Entry(string Name, long Size);
}
