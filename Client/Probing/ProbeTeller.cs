using BackupOnline.Client.Cluster;
using BackupOnline.Grains.Interfaces.Availability;
using BackupOnline.Grains.Interfaces.Names;
using Microsoft.Extensions.Options;

namespace BackupOnline.Client.Probing;

/// <summary>Tells the tenants' Availability grains what was seen, again until they have taken it.</summary>
internal sealed partial class ProbeTeller(ProbeOutbox outbox, ClusterCalls cluster, IOptions<ProbeOptions> options, TimeProvider time, ILogger<ProbeTeller> log) : BackgroundService
{
    private const int MostResults = 1000;

    private const int AtOnce = 16;

    private static readonly TimeSpan Every = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan LastPatience = TimeSpan.FromSeconds(4);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
                await TellAllAsync(stoppingToken);
        }
        catch (OperationCanceledException)
        {
            // What was seen before the stop is still told, if a silo takes it soon.
            using var patience = new CancellationTokenSource(LastPatience, time);
            await TellAllAsync(patience.Token);
        }
    }

    private async Task TellAllAsync(CancellationToken cancellation)
    {
        if (!cluster.HasConnected)
            return;
        await Parallel.ForEachAsync(outbox.TakeAll(), new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (tenant, _) =>
        {
            foreach (var results in tenant.Value.Chunk(MostResults))
                await TellAsync(tenant.Key, results, cancellation);
        });
    }

    private async Task TellAsync(string tenant, ProbeResult[] results, CancellationToken cancellation)
    {
        var request = new ReportProbes { Prober = options.Value.Name, Results = [.. results] };
        try
        {
            cancellation.ThrowIfCancellationRequested();
            var reply = await cluster.AskAsync(grains => grains.Get(new AvailabilityKey(tenant)).ReportAsync(request, CancellationToken.None), cancellation);
            if (reply.Refusal is { } refusal)
                LogRefused(tenant, refusal.Code, refusal.Advice);
        }
        catch (Exception fault)
        {
            outbox.Add(tenant, results);
            var kind = fault.GetType().Name;
            if (!cancellation.IsCancellationRequested)
                LogNotTold(tenant, kind);
        }
    }

    [LoggerMessage(EventId = 1302, Level = LogLevel.Error, Message = "Probe results refused: {Tenant}, {Code}: {Advice}")]
    private partial void LogRefused(string tenant, string code, string advice);

    [LoggerMessage(EventId = 1303, Level = LogLevel.Information, Message = "Probe results not told yet: {Tenant}, {Kind}; tried again")]
    private partial void LogNotTold(string tenant, string kind);
}
