using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using BackupOnline.Grains.Interfaces.Vaults;
using BackupOnline.StorageNode.Metering;
using BackupOnline.StorageNode.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace BackupOnline.StorageNode.Tests;

/// <summary>
/// <c>scripts/bench.sh rate</c>: explicit, because it judges to the percent by the wall clock and wants a machine of its own. Bytes are those that a proxy before the shelf saw on the
/// wire, after a start of 2 s in which the buffers fill; lines go to the file that <c>BACKUPONLINE_BENCH_OUT</c> names.
/// </summary>
[CollectionDefinition(nameof(RateBench), DisableParallelization = true)]
[Collection(nameof(RateBench))]
public sealed class RateBench
{
    private static readonly TimeSpan Start = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Span = TimeSpan.FromSeconds(10);

    [Theory(Explicit = true)]
    [InlineData(100)]
    [InlineData(50)]
    [InlineData(5)]
    public async Task A_tenant_is_held_at_its_rate_within_two_percent_over_ten_seconds(int megabits)
    {
        await using var shelf = await ShelfHost.StartAsync(realTime: true);
        await using var proxy = new CountingProxy(shelf.Address.Port);
        var streams = new Streams(shelf, "acme");
        var name = await streams.StoreAsync();
        shelf.Via = proxy.Address;
        SetRate(shelf, "acme", megabits * 1_000_000L);
        var streamsViaProxy = new Streams(shelf, "acme");
        using var end = new CancellationTokenSource();
        var work = Task.WhenAll(streamsViaProxy.DownloadAsync(name, 4, end.Token), streamsViaProxy.UploadAsync(4, end.Token));

        await Task.Delay(Start, TimeProvider.System);
        var (inBefore, outBefore, since) = (proxy.In, proxy.Out, TimeProvider.System.GetTimestamp());
        await Task.Delay(Span, TimeProvider.System);
        var (inBytes, outBytes, elapsed) = (proxy.In - inBefore, proxy.Out - outBefore, TimeProvider.System.GetElapsedTime(since));
        await end.CancelAsync();
        await work;

        var (inRate, outRate) = (inBytes * 8 / elapsed.TotalSeconds / 1e6, outBytes * 8 / elapsed.TotalSeconds / 1e6);
        Say($"| {megabits} Mbit/s, 4 streams up and 4 down at once | in {inRate:0.000}, out {outRate:0.000} Mbit/s | {(inRate / megabits) - 1:+0.00 %;-0.00 %;0.00 %}, {(outRate / megabits) - 1:+0.00 %;-0.00 %;0.00 %} | 2 % |");
        Assert.InRange(inRate, megabits * 0.98, megabits * 1.02);
        Assert.InRange(outRate, megabits * 0.98, megabits * 1.02);
    }

    [Fact(Explicit = true)]
    public async Task Two_tenants_share_a_full_link_within_five_percent()
    {
        await using var shelf = await ShelfHost.StartAsync(options => options.LinkBitsPerSecond = 100_000_000, realTime: true);
        await using var first = new CountingProxy(shelf.Address.Port);
        await using var second = new CountingProxy(shelf.Address.Port);
        using var end = new CancellationTokenSource();
        shelf.Via = first.Address;
        var acme = new Streams(shelf, "acme").UploadAsync(8, end.Token);
        await Eventually.TrueAsync(() => first.In > 1 << 20, "the first sends");
        shelf.Via = second.Address;
        var rival = new Streams(shelf, "rival").UploadAsync(2, end.Token);

        await Task.Delay(Start, TimeProvider.System);
        var (acmeBefore, rivalBefore, since) = (first.In, second.In, TimeProvider.System.GetTimestamp());
        await Task.Delay(Span, TimeProvider.System);
        var (acmeBytes, rivalBytes, elapsed) = (first.In - acmeBefore, second.In - rivalBefore, TimeProvider.System.GetElapsedTime(since));
        await end.CancelAsync();
        await Task.WhenAll(acme, rival);

        double Rate(long bytes) => bytes * 8 / elapsed.TotalSeconds / 1e6;
        var half = Rate(acmeBytes + rivalBytes) / 2;
        Say($"| link of 100 Mbit/s, a tenant with 8 streams and one with 2 | {Rate(acmeBytes):0.00} and {Rate(rivalBytes):0.00} Mbit/s | {(Rate(acmeBytes) / half) - 1:+0.00 %;-0.00 %;0.00 %} of the half, {(half / 50) - 1:+0.00 %;-0.00 %;0.00 %} of the link | 5 % |");
        Assert.InRange(Rate(acmeBytes), half * 0.95, half * 1.05);
        Assert.InRange(half, 49, 51);
    }

    [Fact(Explicit = true)]
    public async Task Counting_and_shaping_cost_next_to_nothing_where_nothing_is_held()
    {
        // In turns, so that what else the machine does falls on all of them.
        (string Name, bool IsBare, bool Shape)[] variants = [("neither counted nor shaped", true, false), ("counted", false, false), ("counted and shaped, no limit in reach", false, true)];
        var results = variants.ToDictionary(variant => variant.Name, _ => new List<(double Wall, double Cpu)>());
        for (var round = 0; round < 5; round++)
        {
            foreach (var (name, isBare, shape) in variants)
                results[name].Add(await IngestAsync(isBare, shape));
        }

        foreach (var (name, runs) in results)
        {
            var best = (Wall: runs.Max(run => run.Wall), Cpu: runs.Max(run => run.Cpu));
            Say($"| ingest with SHA-256, 4 connections, {name} | {best.Wall:0} MB/s wall, {best.Cpu:0} MB per CPU second of client and server together | best of 5 | |");
        }
    }

    private static async Task<(double Wall, double Cpu)> IngestAsync(bool isBare, bool shape)
    {
        await using var shelf = await ShelfHost.StartAsync(options => options.Shape = shape, realTime: true, isBare: isBare);
        var user = shelf.User(CredentialScope.Append);
        var bytes = RandomNumberGenerator.GetBytes(16 << 20);
        var name = await shelf.StoreAsync(user, "data", bytes);
        if (shape)
            SetRate(shelf, "acme", 1_000_000_000_000);

        var (cpu, since) = (Process.GetCurrentProcess().TotalProcessorTime, TimeProvider.System.GetTimestamp());
        await Task.WhenAll(Enumerable.Range(0, 4).Select(async _ =>
        {
            for (var i = 0; i < 10; i++)
                Assert.Equal(HttpStatusCode.OK, await shelf.StatusAsync(HttpMethod.Post, user, $"data/{name}", bytes));
        }));
        var megabytes = 40 * bytes.Length / 1e6;
        return (megabytes / TimeProvider.System.GetElapsedTime(since).TotalSeconds, megabytes / (Process.GetCurrentProcess().TotalProcessorTime - cpu).TotalSeconds);
    }

    internal static void SetRate(ShelfHost shelf, string tenant, long bitsPerSecond)
    {
        shelf.Cluster.Traffic(tenant).Share = new() { BitsPerSecond = bitsPerSecond, NextSlotBitsPerSecond = bitsPerSecond };
        shelf.Services.GetRequiredService<TrafficRegister>().All().Single(traffic => traffic.Tenant == tenant).Pace.Apply(shelf.Cluster.Traffic(tenant).Share, TimeSpan.FromMinutes(5));
    }

    private static void Say(FormattableString line)
    {
        var text = line.ToString(CultureInfo.InvariantCulture);
        if (Environment.GetEnvironmentVariable("BACKUPONLINE_BENCH_OUT") is { Length: > 0 } path)
            File.AppendAllText(path, text + "\n");

        TestContext.Current.SendDiagnosticMessage(text);
    }
}
