using System.Net;
using System.Text;
using BackupOnline.Grains.Interfaces.Vaults;
using BackupOnline.StorageNode.Tests.Hosting;

namespace BackupOnline.StorageNode.Tests;

public sealed class UploadTests
{
    [Theory]
    [InlineData("data")]
    [InlineData("index")]
    [InlineData("keys")]
    [InlineData("locks")]
    [InlineData("snapshots")]
    public async Task A_stored_object_is_read_back_and_lies_where_restic_looks_for_it(string type)
    {
        await using var shelf = await ShelfHost.StartAsync();
        var user = shelf.User(CredentialScope.Append);
        var bytes = ShelfHost.Bytes(100_000);

        var name = await shelf.StoreAsync(user, type, bytes);

        using var response = await shelf.SendAsync(HttpMethod.Get, user, $"{type}/{name}");
        Assert.Equal(bytes, await response.Content.ReadAsByteArrayAsync());
        var path = type == "data" ? Path.Combine("data", name[..2], name) : Path.Combine(type, name);
        Assert.Equal(bytes, await File.ReadAllBytesAsync(Path.Combine(shelf.VaultFolder(), path)));
        Assert.Empty(Leftovers(shelf));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData((256 << 10) - 1)]
    [InlineData(256 << 10)]
    [InlineData((256 << 10) + 1)]
    [InlineData(5 << 20)]
    public async Task Sizes_around_the_pieces_arrive_whole(int size)
    {
        await using var shelf = await ShelfHost.StartAsync();
        var user = shelf.User(CredentialScope.Append);
        var bytes = ShelfHost.Bytes(size);

        var name = await shelf.StoreAsync(user, "data", bytes);

        using var response = await shelf.SendAsync(HttpMethod.Get, user, $"data/{name}");
        Assert.Equal(bytes, await response.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task A_body_that_does_not_match_its_name_is_refused_and_nothing_is_kept()
    {
        await using var shelf = await ShelfHost.StartAsync();
        var user = shelf.User(CredentialScope.Append);
        var name = ShelfHost.NameOf("other"u8);

        Assert.Equal(HttpStatusCode.BadRequest, await shelf.StatusAsync(HttpMethod.Post, user, $"data/{name}", ShelfHost.Bytes(1000)));

        Assert.Equal(HttpStatusCode.NotFound, await shelf.StatusAsync(HttpMethod.Head, user, $"data/{name}"));
        Assert.Empty(Leftovers(shelf));
        Assert.False(Directory.Exists(Path.Combine(shelf.VaultFolder(), "data", name[..2])));
    }

    [Fact]
    public async Task A_lost_answer_is_healed_by_sending_again()
    {
        await using var shelf = await ShelfHost.StartAsync();
        var user = shelf.User(CredentialScope.Append);
        var bytes = ShelfHost.Bytes(300_000);
        var name = ShelfHost.NameOf(bytes);
        using (var client = await shelf.ConnectAsync())
        {
            // The client goes away without reading the answer.
            await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"POST /acme/main/data/{name} HTTP/1.1\r\nHost: x\r\nAuthorization: Basic {user.Basic}\r\nContent-Length: {bytes.Length}\r\n\r\n"));
            await client.GetStream().WriteAsync(bytes);
        }

        // Stock restic deletes first (refused in append scope), then sends again.
        Assert.Equal(HttpStatusCode.Forbidden, await shelf.StatusAsync(HttpMethod.Delete, user, $"data/{name}"));
        Assert.Equal(HttpStatusCode.OK, await shelf.StatusAsync(HttpMethod.Post, user, $"data/{name}", bytes));
        Assert.Equal(HttpStatusCode.OK, await shelf.StatusAsync(HttpMethod.Post, user, $"data/{name}", bytes));
        await Eventually.TrueAsync(() => Leftovers(shelf).Length == 0, "temporary files are gone");
    }

    [Fact]
    public async Task A_repeated_upload_with_a_wrong_body_of_the_same_length_is_refused_and_harms_nothing()
    {
        await using var shelf = await ShelfHost.StartAsync();
        var user = shelf.User(CredentialScope.Append);
        var bytes = ShelfHost.Bytes(5000);
        var name = await shelf.StoreAsync(user, "data", bytes);

        Assert.Equal(HttpStatusCode.BadRequest, await shelf.StatusAsync(HttpMethod.Post, user, $"data/{name}", ShelfHost.Bytes(5000)));

        using var response = await shelf.SendAsync(HttpMethod.Get, user, $"data/{name}");
        Assert.Equal(bytes, await response.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task A_repeated_upload_does_not_write_the_object_again()
    {
        await using var shelf = await ShelfHost.StartAsync();
        var user = shelf.User(CredentialScope.Append);
        var bytes = ShelfHost.Bytes(5000);
        var name = await shelf.StoreAsync(user, "snapshots", bytes);
        var path = Path.Combine(shelf.VaultFolder(), "snapshots", name);
        File.SetLastWriteTimeUtc(path, new DateTime(2001, 1, 1, 0, 0, 0, DateTimeKind.Utc));

        await shelf.StoreAsync(user, "snapshots", bytes);

        Assert.Equal(2001, File.GetLastWriteTimeUtc(path).Year);
    }

    [Fact]
    public async Task A_damaged_object_of_another_length_is_healed_by_a_verified_upload()
    {
        await using var shelf = await ShelfHost.StartAsync();
        var user = shelf.User(CredentialScope.Append);
        var bytes = ShelfHost.Bytes(5000);
        var name = await shelf.StoreAsync(user, "data", bytes);
        var path = Path.Combine(shelf.VaultFolder(), "data", name[..2], name);
        await File.WriteAllBytesAsync(path, bytes[..1234]);

        await shelf.StoreAsync(user, "data", bytes);

        Assert.Equal(bytes, await File.ReadAllBytesAsync(path));
    }

    [Fact]
    public async Task Two_uploads_of_one_object_at_once_both_succeed()
    {
        await using var shelf = await ShelfHost.StartAsync();
        var user = shelf.User(CredentialScope.Append);
        var bytes = ShelfHost.Bytes(3 << 20);
        var name = ShelfHost.NameOf(bytes);

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => shelf.StatusAsync(HttpMethod.Post, user, $"data/{name}", bytes)));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer));
        Assert.Equal(bytes, await File.ReadAllBytesAsync(Path.Combine(shelf.VaultFolder(), "data", name[..2], name)));
        Assert.Empty(Leftovers(shelf));
    }

    [Fact]
    public async Task The_config_is_written_once()
    {
        await using var shelf = await ShelfHost.StartAsync();
        var user = shelf.User(CredentialScope.Append);
        var bytes = ShelfHost.Bytes(155);

        Assert.Equal(HttpStatusCode.NotFound, await shelf.StatusAsync(HttpMethod.Head, user, "config"));
        Assert.Equal(HttpStatusCode.OK, await shelf.StatusAsync(HttpMethod.Post, user, "config", bytes));
        Assert.Equal(HttpStatusCode.OK, await shelf.StatusAsync(HttpMethod.Post, user, "config", bytes));
        Assert.Equal(HttpStatusCode.Forbidden, await shelf.StatusAsync(HttpMethod.Post, user, "config", ShelfHost.Bytes(155)));
        Assert.Equal(HttpStatusCode.Forbidden, await shelf.StatusAsync(HttpMethod.Post, user, "config", ShelfHost.Bytes(20)));
        Assert.Equal(HttpStatusCode.Forbidden, await shelf.StatusAsync(HttpMethod.Delete, shelf.User(CredentialScope.Prune), "config"));

        Assert.Equal(bytes, await File.ReadAllBytesAsync(Path.Combine(shelf.VaultFolder(), "config")));
    }

    [Theory]
    [InlineData("")]
    [InlineData("Transfer-Encoding: chunked\r\n")]
    public async Task Half_a_body_leaves_nothing(string encoding)
    {
        await using var shelf = await ShelfHost.StartAsync();
        var user = shelf.User(CredentialScope.Append);
        var name = ShelfHost.NameOf("whole"u8);
        var framing = encoding.Length == 0 ? "Content-Length: 500000\r\n" : encoding;
        using (var client = await shelf.ConnectAsync())
        {
            var start = encoding.Length == 0 ? "" : "40000\r\n";
            await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"POST /acme/main/data/{name} HTTP/1.1\r\nHost: x\r\nAuthorization: Basic {user.Basic}\r\n{framing}\r\n{start}"));
            await client.GetStream().WriteAsync(new byte[200_000]);
            await Eventually.TrueAsync(() => Leftovers(shelf).Length == 1, "the upload has begun");
        }

        await Eventually.TrueAsync(() => Leftovers(shelf).Length == 0, "the half upload is gone");
        Assert.Equal(HttpStatusCode.NotFound, await shelf.StatusAsync(HttpMethod.Get, user, $"data/{name}"));
    }

    [Fact]
    public async Task A_chunked_body_is_taken_too()
    {
        await using var shelf = await ShelfHost.StartAsync();
        var user = shelf.User(CredentialScope.Append);
        var bytes = ShelfHost.Bytes(6 << 20);
        using var request = new HttpRequestMessage(HttpMethod.Post, $"acme/main/data/{ShelfHost.NameOf(bytes)}") { Content = new ByteArrayContent(bytes) };
        request.Headers.TransferEncodingChunked = true;
        request.Headers.Authorization = user.Header;

        using var response = await shelf.Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(6 << 20, new FileInfo(Path.Combine(shelf.VaultFolder(), "data", ShelfHost.NameOf(bytes)[..2], ShelfHost.NameOf(bytes))).Length);
    }

    internal static string[] Leftovers(ShelfHost shelf)
    {
        var incoming = Path.Combine(shelf.VaultFolder(), ".shelf", "incoming");
        return Directory.Exists(incoming) ? Directory.GetFiles(incoming) : [];
    }
}
