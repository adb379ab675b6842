using System.Net;
using System.Net.Sockets;
using System.Text;
using BackupOnline.Grains.Interfaces.Vaults;
using BackupOnline.StorageNode.Tests.Hosting;

namespace BackupOnline.StorageNode.Tests;

public sealed class HostileTests
{
    [Theory]
    [InlineData("data", 9_000_000_000_000_000)]
    [InlineData("data", (512L << 20) + 1)]
    [InlineData("locks", (1L << 20) + 1)]
    [InlineData("snapshots", (16L << 20) + 1)]
    public async Task An_oversized_length_is_refused_at_once(string type, long length)
    {
        await using var shelf = await ShelfHost.StartAsync();
        var user = shelf.User(CredentialScope.Append);

        var answer = await shelf.RawAsync($"POST /acme/main/{type}/{ShelfHost.NameOf("x"u8)} HTTP/1.1\r\nHost: x\r\nAuthorization: Basic {user.Basic}\r\nContent-Length: {length}\r\n\r\n");

        Assert.StartsWith("HTTP/1.1 413", answer, StringComparison.Ordinal);
        Assert.Empty(UploadTests.Leftovers(shelf));
    }

    [Theory]
    [InlineData("Content-Length: -1")]
    [InlineData("Content-Length: 99999999999999999999999")]
    [InlineData("Content-Length: 5\r\nContent-Length: 6")]
    [InlineData("Content-Length: 0x10")]
    public async Task A_nonsensical_length_is_refused(string header)
    {
        await using var shelf = await ShelfHost.StartAsync();
        var user = shelf.User(CredentialScope.Append);

        var answer = await shelf.RawAsync($"POST /acme/main/data/{ShelfHost.NameOf("x"u8)} HTTP/1.1\r\nHost: x\r\nAuthorization: Basic {user.Basic}\r\n{header}\r\n\r\n");

        Assert.StartsWith("HTTP/1.1 400", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_without_end_stops_at_the_limit_of_its_type()
    {
        await using var shelf = await ShelfHost.StartAsync();

        var answer = await Hostile.EndlessBodyAsync(shelf, shelf.User(CredentialScope.Append), $"/acme/main/keys/{ShelfHost.NameOf("x"u8)}");

        Assert.StartsWith("HTTP/1.1 413 Too large: keys objects have at most 1048576 bytes", answer, StringComparison.Ordinal);
        await Eventually.TrueAsync(() => UploadTests.Leftovers(shelf).Length == 0, "nothing is left");
    }

    [Theory]
    [InlineData("7fffffffffffffff")]
    [InlineData("8000000000000000")]
    [InlineData("ffffffffffffffffffffffffffffffff")]
    [InlineData("-1")]
    [InlineData("0x10")]
    [InlineData("many")]
    public async Task A_chunk_of_an_impossible_size_is_refused_as_the_clients_fault(string size)
    {
        await using var shelf = await ShelfHost.StartAsync();
        var user = shelf.User(CredentialScope.Append);

        var answer = await shelf.RawAsync(
            $"POST /acme/main/locks/{ShelfHost.NameOf("x"u8)} HTTP/1.1\r\nHost: x\r\nAuthorization: Basic {user.Basic}\r\nTransfer-Encoding: chunked\r\n\r\n{size}\r\nx");

        Assert.StartsWith("HTTP/1.1 400", answer, StringComparison.Ordinal);
        Assert.Empty(UploadTests.Leftovers(shelf));
    }

    [Fact]
    public async Task An_object_of_the_largest_size_in_the_smallest_chunks_is_stored()
    {
        await using var shelf = await ShelfHost.StartAsync(options => options.MaxSmallBytes = 4096);
        var user = shelf.User(CredentialScope.Append);
        var bytes = new byte[4096];
        Array.Fill(bytes, (byte)'x');

        var answer = await shelf.RawAsync(
            $"POST /acme/main/locks/{ShelfHost.NameOf(bytes)} HTTP/1.1\r\nHost: x\r\nAuthorization: Basic {user.Basic}\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n"
            + string.Concat(Enumerable.Repeat("1\r\nx\r\n", 4096)) + "0\r\n\r\n");

        Assert.StartsWith("HTTP/1.1 200", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_that_stops_coming_is_cut_after_the_idle_time_and_not_before()
    {
        await using var shelf = await ShelfHost.StartAsync();
        using var client = await BeginUploadAsync(shelf, shelf.User(CredentialScope.Append));
        var answer = ShelfHost.ReadToEndAsync(client.GetStream());

        // Each piece that comes starts the time again.
        for (var i = 0; i < 3; i++)
        {
            shelf.Clock.Advance(TimeSpan.FromSeconds(80));
            await client.GetStream().WriteAsync(new byte[1000]);
            Assert.False(answer.IsCompleted);
        }

        await Eventually.TrueAsync(() => answer.IsCompleted, "the connection is cut", () => shelf.Clock.Advance(TimeSpan.FromSeconds(91)));
        Assert.StartsWith("HTTP/1.1 408", await answer, StringComparison.Ordinal);
        await Eventually.TrueAsync(() => UploadTests.Leftovers(shelf).Length == 0, "nothing is left");
    }

    [Fact]
    public async Task A_body_that_trickles_below_the_least_rate_is_cut()
    {
        await using var shelf = await ShelfHost.StartAsync(options =>
        {
            options.IdleBody = TimeSpan.FromSeconds(2);
            options.MinBodyBytesPerSecond = 100_000;
        });
        using var client = await BeginUploadAsync(shelf, shelf.User(CredentialScope.Append));
        var answer = ShelfHost.ReadToEndAsync(client.GetStream());

        await Eventually.TrueAsync(
            () => answer.IsCompleted,
            "the connection is cut",
            () =>
            {
                try
                {
                    client.GetStream().Write(new byte[1]);
                }
                catch (IOException)
                {
                    // Cut: what this test waits for.
                }
            });
        Assert.StartsWith("HTTP/1.1 408", await answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Slow_headers_are_cut_while_others_are_served()
    {
        await using var shelf = await ShelfHost.StartAsync(options => options.HeaderTime = TimeSpan.FromSeconds(1));
        var user = shelf.User(CredentialScope.Append);
        var slow = new List<TcpClient>();
        for (var i = 0; i < 200; i++)
        {
            slow.Add(await shelf.ConnectAsync());
            await slow[i].GetStream().WriteAsync("GET /acme/main/config HTTP/1.1\r\nHost:"u8.ToArray());
        }

        var name = await shelf.StoreAsync(user, "data", ShelfHost.Bytes(1000));
        Assert.Equal(HttpStatusCode.OK, await shelf.StatusAsync(HttpMethod.Head, user, $"data/{name}"));

        var answers = await Task.WhenAll(slow.Select(client => ShelfHost.ReadToEndAsync(client.GetStream())));
        Assert.All(answers, answer => Assert.True(answer.Length == 0 || answer.StartsWith("HTTP/1.1 408", StringComparison.Ordinal), answer));
        slow.ForEach(client => client.Dispose());
    }

    [Fact]
    public async Task Connections_and_requests_of_one_vault_are_bounded()
    {
        await using var shelf = await ShelfHost.StartAsync(options => options.MaxVaultRequests = 5);
        var (user, rival) = (shelf.User(CredentialScope.Append), shelf.User(CredentialScope.Append, "rival"));
        var held = new List<TcpClient>();
        for (var i = 0; i < 5; i++)
            held.Add(await BeginUploadAsync(shelf, user, i));

        await Eventually.TrueAsync(() => UploadTests.Leftovers(shelf).Length == 5, "five uploads are under way");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await shelf.StatusAsync(HttpMethod.Get, user, "data/"));
        Assert.Equal(HttpStatusCode.OK, await shelf.StatusAsync(HttpMethod.Get, rival, "data/"));

        held.ForEach(client => client.Dispose());
        await Eventually.TrueAsync(() => UploadTests.Leftovers(shelf).Length == 0, "the uploads have ended");
        Assert.Equal(HttpStatusCode.OK, await shelf.StatusAsync(HttpMethod.Get, user, "data/"));
    }

    [Fact]
    public async Task No_answer_names_the_server_or_shows_its_inside()
    {
        await using var shelf = await ShelfHost.StartAsync();
        var user = shelf.User(CredentialScope.Append);
        await shelf.StoreAsync(user, "data", [1]);

        // A folder in the place of a file: a fault of the disk.
        Directory.CreateDirectory(Path.Combine(shelf.VaultFolder(), "config"));
        using var response = await shelf.SendAsync(HttpMethod.Get, user, "config");
        var body = await response.Content.ReadAsStringAsync();

        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        Assert.DoesNotContain("Exception", body, StringComparison.Ordinal);
        Assert.DoesNotContain(shelf.Folder, body, StringComparison.Ordinal);
        Assert.Empty(response.Headers.Server);
    }

    private static async Task<TcpClient> BeginUploadAsync(ShelfHost shelf, ShelfUser user, int number = 0)
    {
        var client = await shelf.ConnectAsync();
        var name = ShelfHost.NameOf(BitConverter.GetBytes(number));
        await client.GetStream().WriteAsync(
            Encoding.ASCII.GetBytes($"POST /acme/main/data/{name} HTTP/1.1\r\nHost: x\r\nAuthorization: Basic {user.Basic}\r\nContent-Length: 10000000\r\n\r\n"));
        await client.GetStream().WriteAsync(new byte[10_000]);
        return client;
    }
}
