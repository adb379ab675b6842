using BackupOnline.Grains.Interfaces.Names;
using BackupOnline.StorageNode.Metering;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace BackupOnline.StorageNode.Shaping;

/// <summary>Asks every 5 s for the share of each tenant that has traffic here. Without an answer the last share stays.</summary>
internal sealed partial class ShareAsker(
    IOptions<ShelfOptions> options, IGrainFactory grains, TrafficRegister register, SlotClock slots, TimeProvider clock, ILogger<ShareAsker> logger) : BackgroundService
{
    public static readonly TimeSpan Every = TimeSpan.FromSeconds(5);

    private const int TenantsAtOnce = 16;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.Value.Shape)
            return;

        using var timer = new PeriodicTimer(Every, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
            await AskAllAsync(stoppingToken);
    }

    private Task AskAllAsync(CancellationToken cancellation) =>
        Parallel.ForEachAsync(
            register.All().Select(traffic => (Traffic: traffic, Demand: traffic.Demand.Estimate())).Where(ask => ask.Demand > 0).ToList(),
            new ParallelOptions { MaxDegreeOfParallelism = TenantsAtOnce, CancellationToken = cancellation },
            async (ask, token) => await AskAsync(ask.Traffic, ask.Demand, token));

    private async Task AskAsync(TenantTraffic traffic, long demand, CancellationToken cancellation)
    {
        try
        {
            var reply = await grains.Get(new TrafficKey(traffic.Tenant))
                .ShareAsync(new() { Node = options.Value.Node, DemandBitsPerSecond = demand }, cancellation)
                .WaitAsync(Patience, clock, cancellation);
            if (reply.Succeeded)
                traffic.Pace.Apply(reply.Value, slots.UntilSlotEnd());
            else
                LogRefused(traffic.Tenant, reply.Refusal.Code, reply.Refusal.Advice);
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested)
        {
            LogNoAnswer(traffic.Tenant, traffic.Pace.BitsPerSecond, e);
        }
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "No share of the rate from the cluster, the last one stays: {Tenant} {BitsPerSecond}")]
    private partial void LogNoAnswer(string tenant, long bitsPerSecond, Exception e);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Share of the rate refused, the last one stays: {Tenant} {Code} {Advice}")]
    private partial void LogRefused(string tenant, string code, string advice);
}
