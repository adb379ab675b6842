using System.Net;
using BackupOnline.Grains.Interfaces.Vaults;
using BackupOnline.StorageNode.Metering;
using BackupOnline.StorageNode.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace BackupOnline.StorageNode.Tests;

public sealed class ProbeMeteringTests
{
    [Fact]
    public async Task Probes_are_never_counted_and_share_no_connection_with_a_customer()
    {
        await using var shelf = await ShelfHost.StartAsync();
        var (prober, user) = (shelf.Cluster.Vault("acme", "main").IssueProbe(), shelf.User(CredentialScope.Append));
        var bytes = ShelfHost.Bytes(1000);
        Assert.Equal(HttpStatusCode.OK, await shelf.StatusAsync(HttpMethod.Post, prober, $".probe/{ShelfHost.NameOf(bytes)}", bytes));
        Assert.Equal(HttpStatusCode.OK, await shelf.StatusAsync(HttpMethod.Get, prober, $".probe/{ShelfHost.NameOf(bytes)}"));

        await shelf.Services.GetRequiredService<TrafficTeller>().TellAllAsync(CancellationToken.None);
        Assert.Empty(shelf.Cluster.Traffic("acme").Reports);
        Assert.True(shelf.Services.GetRequiredService<NodeTotals>().InBytes > 1000);

        var both = await shelf.RawAsync(Get(prober, $".probe/{ShelfHost.NameOf(bytes)}") + Get(user, "config"));
        Assert.Contains("HTTP/1.1 503 This connection serves another customer", both, StringComparison.Ordinal);
    }

    private static string Get(ShelfUser user, string path) =>
        $"GET /acme/main/{path} HTTP/1.1\r\nHost: x\r\nAuthorization: Basic {user.Basic}\r\n\r\n";
}
