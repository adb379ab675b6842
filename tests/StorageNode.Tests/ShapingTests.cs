using BackupOnline.StorageNode.Metering;
using BackupOnline.StorageNode.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace BackupOnline.StorageNode.Tests;

/// <summary>
/// Real sockets in real time, short: never above the rate, and nothing is refused. That the rate is reached, to the percent, is shown by the arithmetic's own tests, and by
/// <c>scripts/bench.sh rate</c> on a quiet machine.
/// </summary>
[CollectionDefinition(nameof(ShapingTests), DisableParallelization = true)]
[Collection(nameof(ShapingTests))]
public sealed class ShapingTests
{
    private static readonly TimeSpan Span = TimeSpan.FromSeconds(3);

    [Theory]
    [InlineData(100_000_000)]
    [InlineData(5_000_000)]
    public async Task A_tenant_never_passes_its_rate_in_either_direction_and_no_request_fails(long bitsPerSecond)
    {
        await using var shelf = await ShelfHost.StartAsync(realTime: true);
        var streams = new Streams(shelf, "acme");
        var name = await streams.StoreAsync();
        SetRate(shelf, "acme", bitsPerSecond);
        using var end = new CancellationTokenSource();
        var traffic = Traffic(shelf, "acme");
        var (inBefore, outBefore, before) = (traffic.Pace.In.Use.Bytes, traffic.Pace.Out.Use.Bytes, TimeProvider.System.GetTimestamp());
        var down = streams.DownloadAsync(name, 3, end.Token);
        var up = streams.UploadAsync(3, end.Token);

        await Task.Delay(Span, TimeProvider.System);
        var (inBytes, outBytes, elapsed) = (traffic.Pace.In.Use.Bytes - inBefore, traffic.Pace.Out.Use.Bytes - outBefore, TimeProvider.System.GetElapsedTime(before));

        // What is paid for and still waits was taken by the counter, and not yet by the line: a piece of each connection.
        var most = (bitsPerSecond / 8.0 * (elapsed.TotalSeconds + 0.05) * 1.001) + (8 * traffic.Pace.PieceBytes(1));
        Assert.InRange(inBytes, 1, most);
        Assert.InRange(outBytes, 1, most);
        await end.CancelAsync();
        await Task.WhenAll(down, up);
    }

    [Fact]
    public async Task The_shelf_asks_for_the_share_and_keeps_the_last_one_without_news()
    {
        await using var shelf = await ShelfHost.StartAsync(realTime: true);
        var grain = shelf.Cluster.Traffic("acme");
        grain.Share = new() { BitsPerSecond = 20_000_000, NextSlotBitsPerSecond = 20_000_000 };
        using var end = new CancellationTokenSource();
        var up = new Streams(shelf, "acme").UploadAsync(2, end.Token);

        await Eventually.TrueAsync(() => !grain.Asks.IsEmpty, "the shelf asks");
        await Eventually.TrueAsync(() => Traffic(shelf, "acme").Pace.BitsPerSecond == 20_000_000, "the share is applied");
        Assert.Equal("node1", grain.Asks.First().Node);
        Assert.True(grain.Asks.First().DemandBitsPerSecond > 1_000_000);

        shelf.Cluster.IsDown = true;
        await Task.Delay(TimeSpan.FromSeconds(6), TimeProvider.System);
        Assert.Equal(20_000_000, Traffic(shelf, "acme").Pace.BitsPerSecond);
        await end.CancelAsync();
        await up;
    }

    [Fact]
    public async Task Two_tenants_share_a_full_link_fairly()
    {
        await using var shelf = await ShelfHost.StartAsync(options => options.LinkBitsPerSecond = 40_000_000, realTime: true);
        using var end = new CancellationTokenSource();
        var busy = Task.WhenAll(new Streams(shelf, "acme").UploadAsync(8, end.Token), new Streams(shelf, "rival").UploadAsync(3, end.Token));
        await Eventually.TrueAsync(() => shelf.Services.GetRequiredService<TrafficRegister>().All().Count == 2, "both are there");
        await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System);

        var (before, since) = (Both(), TimeProvider.System.GetTimestamp());
        await Task.Delay(Span, TimeProvider.System);
        var (after, elapsed) = (Both(), TimeProvider.System.GetElapsedTime(since));
        await end.CancelAsync();
        await busy;

        double acme = after.Acme - before.Acme, rival = after.Rival - before.Rival;

        // By the number of streams it would be 2.7. To the percent on a quiet machine: scripts/bench.sh rate.
        Assert.InRange(acme / rival, 0.6, 1.67);
        Assert.InRange(acme + rival, 1, 40_000_000 / 8.0 * (elapsed.TotalSeconds + 0.1) * 1.02);

        (long Acme, long Rival) Both() => (Traffic(shelf, "acme").Pace.In.Use.Bytes, Traffic(shelf, "rival").Pace.In.Use.Bytes);
    }

    private static void SetRate(ShelfHost shelf, string tenant, long bitsPerSecond)
    {
        shelf.Cluster.Traffic(tenant).Share = new() { BitsPerSecond = bitsPerSecond, NextSlotBitsPerSecond = bitsPerSecond };
        var traffic = shelf.Services.GetRequiredService<TrafficRegister>().Enter(tenant);
        traffic.Pace.Apply(shelf.Cluster.Traffic(tenant).Share, TimeSpan.FromMinutes(5));
    }

    private static TenantTraffic Traffic(ShelfHost shelf, string tenant) =>
        shelf.Services.GetRequiredService<TrafficRegister>().All().Single(traffic => traffic.Tenant == tenant);
}
