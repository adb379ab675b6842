using System.Net;
using System.Text;
using BackupOnline.Grains.Interfaces.Vaults;
using BackupOnline.StorageNode.Metering;
using BackupOnline.StorageNode.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace BackupOnline.StorageNode.Tests;

/// <summary>What the node counts, against what a proxy saw on its socket.</summary>
public sealed class MeteringTests
{
    private static readonly long StartSlot = ShelfHost.Start.ToUnixTimeSeconds() / 300;

    [Fact]
    public async Task Every_byte_of_a_tenants_connections_is_counted_and_no_other()
    {
        await using var shelf = await ShelfHost.StartAsync();
        await using var proxy = new CountingProxy(shelf.Address.Port);
        await using var rivals = new CountingProxy(shelf.Address.Port);
        shelf.Via = proxy.Address;
        var user = shelf.User(CredentialScope.Append);
        await WorkAsync(shelf, user);
        shelf.Via = rivals.Address;
        await WorkAsync(shelf, shelf.User(CredentialScope.Append, "rival"));

        await ShouldBeToldAsync(shelf, "acme", proxy);
        await ShouldBeToldAsync(shelf, "rival", rivals);
        Assert.InRange(proxy.In, 6_000_000, 7_000_000);
    }

    [Fact]
    public async Task Earlier_bytes_of_a_connection_are_its_later_owners_and_those_of_strangers_are_nobodys()
    {
        await using var shelf = await ShelfHost.StartAsync();
        await using var proxy = new CountingProxy(shelf.Address.Port);
        var user = shelf.User(CredentialScope.Append);
        await shelf.RawAsync("GET /acme/main/config HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        await shelf.RawAsync(Get(user with { Secret = "wrong" }, "config", close: true));
        await TellAsync(shelf);
        Assert.Empty(shelf.Cluster.Traffic("acme").Reports);

        using var client = new System.Net.Sockets.TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, proxy.Port);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes("GET /acme/main/config HTTP/1.1\r\nHost: x\r\n\r\n"));
        await Eventually.TrueAsync(() => proxy.Out > 0, "the first answer has come");
        shelf.Clock.Advance(TimeSpan.FromMinutes(5));
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(Get(user, "config", close: true)));
        await ShelfHost.ReadToEndAsync(client.GetStream());

        await ShouldBeToldAsync(shelf, "acme", proxy);
        var traffic = shelf.Cluster.Traffic("acme");
        Assert.Equal([StartSlot, StartSlot + 1], traffic.Slots.Keys.Select(slot => slot.Slot).Order());
        Assert.True(shelf.Services.GetRequiredService<NodeTotals>().InBytes > traffic.Total.In);
    }

    [Fact]
    public async Task Anothers_credential_closes_the_connection_and_works_on_a_new_one()
    {
        await using var shelf = await ShelfHost.StartAsync();
        var (user, rival) = (shelf.User(CredentialScope.Append), shelf.User(CredentialScope.Append, "rival"));
        await shelf.StatusAsync(HttpMethod.Post, user, "config", [1]);

        var answer = await shelf.RawAsync(Get(user, "config", close: false) + Get(rival, "config", close: false));
        var second = answer[answer.LastIndexOf("HTTP/1.1", StringComparison.Ordinal)..];
        Assert.StartsWith("HTTP/1.1 503 This connection serves another customer", second, StringComparison.Ordinal);
        Assert.Contains("Connection: close", second, StringComparison.Ordinal);
        Assert.Contains("Retry-After: 0", second, StringComparison.Ordinal);

        // One client for both, with connections that live on: the second try is a new connection.
        using var http = new HttpClient { BaseAddress = shelf.Address };
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(http, user));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await StatusAsync(http, rival));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(http, rival));
        await TellAsync(shelf);
        Assert.True(shelf.Cluster.Traffic("rival").Total.In < shelf.Cluster.Traffic("acme").Total.In);
    }

    [Fact]
    public async Task A_good_credential_at_a_foreign_vault_owns_the_connection_and_a_suspended_one_does_not()
    {
        await using var shelf = await ShelfHost.StartAsync();
        var (user, idle) = (shelf.User(CredentialScope.Append), shelf.User(CredentialScope.Append, "idle"));
        shelf.Cluster.Vault("idle", "main").IsSuspended = true;
        await shelf.StatusAsync(HttpMethod.Get, user, "config");
        await shelf.StatusAsync(HttpMethod.Get, idle, "config");
        var foreign = Get(user, "config", close: true).Replace("/acme/", "/rival/", StringComparison.Ordinal);
        await TellAsync(shelf);
        var before = shelf.Cluster.Traffic("acme").Total.In;

        Assert.StartsWith("HTTP/1.1 404", await shelf.RawAsync(foreign), StringComparison.Ordinal);

        await TellAsync(shelf);
        Assert.Equal(before + foreign.Length, shelf.Cluster.Traffic("acme").Total.In);
        Assert.Empty(shelf.Cluster.Traffic("rival").Reports);
        Assert.Empty(shelf.Cluster.Traffic("idle").Reports);
    }

    [Fact]
    public async Task Bytes_belong_to_the_slot_in_which_they_crossed()
    {
        await using var shelf = await ShelfHost.StartAsync();
        await using var proxy = new CountingProxy(shelf.Address.Port);
        shelf.Via = proxy.Address;
        var user = shelf.User(CredentialScope.Append);
        var seen = new List<(long In, long Out)>();
        for (var i = 0; i < 3; i++)
        {
            var before = (proxy.In, proxy.Out);
            await shelf.StoreAsync(user, "data", ShelfHost.Bytes(300_000 * (i + 1)));
            seen.Add((proxy.In - before.In, proxy.Out - before.Out));
            shelf.Clock.Advance(TimeSpan.FromMinutes(5));
        }

        await ShouldBeToldAsync(shelf, "acme", proxy);
        Assert.Equal(seen, shelf.Cluster.Traffic("acme").Slots.OrderBy(slot => slot.Key.Slot).Select(slot => slot.Value));
    }

    [Fact]
    public async Task Without_the_cluster_nothing_is_lost_and_nothing_told_twice_counts_twice()
    {
        await using var shelf = await ShelfHost.StartAsync();
        await using var proxy = new CountingProxy(shelf.Address.Port);
        shelf.Via = proxy.Address;
        var user = shelf.User(CredentialScope.Append);
        await shelf.StoreAsync(user, "data", ShelfHost.Bytes(1000));
        shelf.Cluster.IsDown = true;
        for (var i = 0; i < 36; i++)
        {
            await shelf.StoreAsync(user, "data", ShelfHost.Bytes(1000 + i));
            await TellAsync(shelf);
            shelf.Clock.Advance(TimeSpan.FromSeconds(15));
        }

        Assert.Empty(shelf.Cluster.Traffic("acme").Reports);
        shelf.Cluster.IsDown = false;
        await TellAsync(shelf);
        await ShouldBeToldAsync(shelf, "acme", proxy);
        Assert.Single(shelf.Cluster.Traffic("acme").Slots.Keys.Select(slot => slot.Boot).Distinct());
    }

    [Fact]
    public async Task It_tells_by_itself_within_a_minute_and_at_a_clean_stop_and_each_start_is_a_new_boot()
    {
        var cluster = new StubCluster();
        var folder = Directory.CreateTempSubdirectory("shelf-").FullName;
        var (sent, received) = (0L, 0L);
        for (var start = 0; start < 2; start++)
        {
            await using var shelf = await ShelfHost.StartAsync(folder: folder, cluster: cluster);
            await using var proxy = new CountingProxy(shelf.Address.Port);
            shelf.Via = proxy.Address;
            var user = shelf.User(CredentialScope.Append);
            await shelf.StoreAsync(user, "data", ShelfHost.Bytes(1000));
            var reports = cluster.Traffic("acme").Reports.Count;
            await Eventually.TrueAsync(() => cluster.Traffic("acme").Reports.Count > reports, "the minute's report", () => shelf.Clock.Advance(TimeSpan.FromSeconds(10)));

            await shelf.StoreAsync(user, "data", ShelfHost.Bytes(2000));
            await shelf.StopAsync();
            (sent, received) = (sent + proxy.In, received + proxy.Out);
        }

        Assert.Equal((sent, received), cluster.Traffic("acme").Total);
        Assert.Equal(2, cluster.Traffic("acme").Slots.Keys.Select(slot => slot.Boot).Distinct().Count());
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_slot_that_is_refused_does_not_hold_back_the_others()
    {
        await using var shelf = await ShelfHost.StartAsync();
        var user = shelf.User(CredentialScope.Append);
        var traffic = shelf.Cluster.Traffic("acme");
        traffic.Refuses = slot => slot == StartSlot + 1;
        for (var i = 0; i < 3; i++)
        {
            await shelf.StatusAsync(HttpMethod.Get, user, "config");
            shelf.Clock.Advance(TimeSpan.FromMinutes(5));
        }

        shelf.Cluster.IsDown = false;
        await TellAsync(shelf);

        Assert.Equal([StartSlot, StartSlot + 2], traffic.Slots.Keys.Select(slot => slot.Slot).Order());
    }

    [Fact]
    public async Task An_exempt_connection_is_never_counted_and_never_becomes_a_tenants()
    {
        await using var shelf = await ShelfHost.StartAsync();
        var pipe = new System.IO.Pipelines.Pipe();
        var connection = new MeteredConnection(
            new TwoEnds(pipe), shelf.Services.GetRequiredService<TrafficRegister>(), shelf.Services.GetRequiredService<SlotClock>(),
            shelf.Services.GetRequiredService<Shaping.Shaper>(), shelf.Services.GetRequiredService<NodeTotals>());
        connection.CountIn(10);

        Assert.True(connection.TryExempt());
        connection.CountIn(20);
        Assert.False(connection.TryOwn("acme"));
        Assert.True(connection.TryExempt());
        connection.End();
        Assert.Empty(shelf.Services.GetRequiredService<TrafficRegister>().All());

        var owned = new MeteredConnection(
            new TwoEnds(pipe), shelf.Services.GetRequiredService<TrafficRegister>(), shelf.Services.GetRequiredService<SlotClock>(),
            shelf.Services.GetRequiredService<Shaping.Shaper>(), shelf.Services.GetRequiredService<NodeTotals>());
        Assert.True(owned.TryOwn("acme"));
        Assert.False(owned.TryExempt());
    }

    /// <summary>The client has its answer a moment before the shelf knows that it was sent.</summary>
    private static async Task ShouldBeToldAsync(ShelfHost shelf, string tenant, CountingProxy proxy)
    {
        for (var i = 0; i < 500 && shelf.Cluster.Traffic(tenant).Total != (proxy.In, proxy.Out); i++)
        {
            await TellAsync(shelf);
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        }

        Assert.Equal((proxy.In, proxy.Out), shelf.Cluster.Traffic(tenant).Total);
    }

    private static Task TellAsync(ShelfHost shelf) => shelf.Services.GetRequiredService<TrafficTeller>().TellAllAsync(CancellationToken.None);

    // Uploads, downloads, a range, a listing, refusals, several at once, on connections that live on.
    private static async Task WorkAsync(ShelfHost shelf, ShelfUser user)
    {
        var names = await Task.WhenAll(Enumerable.Range(1, 6).Select(i => shelf.StoreAsync(user, "data", ShelfHost.Bytes(300_000 * i))));
        foreach (var name in names)
        {
            using var answer = await shelf.SendAsync(HttpMethod.Get, user, $"data/{name}", range: "bytes=10-200009");
            Assert.Equal(200_000, (await answer.Content.ReadAsByteArrayAsync()).Length);
        }

        Assert.Equal(HttpStatusCode.NotFound, await shelf.StatusAsync(HttpMethod.Get, user, "config"));
        using var list = await shelf.SendAsync(HttpMethod.Get, user, "data/");
        Assert.NotEmpty(await list.Content.ReadAsStringAsync());
    }

    private static string Get(ShelfUser user, string path, bool close) =>
        $"GET /{user.Vault.Tenant}/{user.Vault.Vault}/{path} HTTP/1.1\r\nHost: x\r\nAuthorization: Basic {user.Basic}\r\n{(close ? "Connection: close\r\n" : "")}\r\n";

    private static async Task<HttpStatusCode> StatusAsync(HttpClient http, ShelfUser user)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{user.Vault.Tenant}/{user.Vault.Vault}/config");
        request.Headers.Authorization = user.Header;
        using var answer = await http.SendAsync(request);
        await answer.Content.ReadAsByteArrayAsync();
        return answer.StatusCode;
    }

    private sealed class TwoEnds(System.IO.Pipelines.Pipe pipe) : System.IO.Pipelines.IDuplexPipe
    {
        public System.IO.Pipelines.PipeReader Input => pipe.Reader;

        public System.IO.Pipelines.PipeWriter Output => pipe.Writer;
    }
}
