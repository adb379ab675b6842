using System.Collections.Immutable;
using BackupOnline.Grains.Interfaces.Names;
using BackupOnline.Grains.Interfaces.Nodes;
using BackupOnline.StorageNode.Announcements;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace BackupOnline.StorageNode.Work;

/// <summary>
/// Works on what its Node grain leases to it (decision 20): one heavy piece at a time, and beside it one light one, for which somebody waits. A piece that is cut
/// off by a stop is taken up again by the next start.
/// </summary>
internal sealed partial class NodeWorker(
    IOptions<ShelfOptions> options, IGrainFactory grains, ShelfAddress address, IEnumerable<INodeWork> works, TimeProvider clock, ILogger<NodeWorker> logger) : BackgroundService
{
    private static readonly TimeSpan LightPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan HeavyPause = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan WhenAway = TimeSpan.FromSeconds(5);

    /// <summary>A lease lasts two minutes.</summary>
    private static readonly TimeSpan RenewEvery = TimeSpan.FromSeconds(30);

    private readonly string _boot = Guid.NewGuid().ToString("N");

    private INodeGrain Node => grains.Get(new NodeKey(options.Value.Node));

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await address.ListensAsync(stoppingToken);
        await Task.WhenAll(
            LaneAsync([NodeWorkKind.Keys], LightPause, stoppingToken),
            LaneAsync([NodeWorkKind.Prune], HeavyPause, stoppingToken));
    }

    private async Task LaneAsync(ImmutableArray<NodeWorkKind> kinds, TimeSpan pause, CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            TimeSpan? wait;
            try
            {
                wait = await WorkOnceAsync(kinds, stopping) ? null : pause;
            }
            catch (Exception e) when (!stopping.IsCancellationRequested)
            {
                LogAway(e);
                wait = WhenAway;
            }

            if (wait is { } time)
                await Task.Delay(time, clock, stopping);
        }
    }

    /// <summary>False when there is nothing to do.</summary>
    private async Task<bool> WorkOnceAsync(ImmutableArray<NodeWorkKind> kinds, CancellationToken stopping)
    {
        var offer = await Node.LeaseWorkAsync(new() { Boot = _boot, Kinds = kinds }, stopping);
        if (offer.Value?.Work is not { } work)
            return false;

        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        var renewing = RenewAsync(work, leaving);
        var result = await RunAsync(work, leaving.Token);
        await leaving.CancelAsync();
        await renewing;
        stopping.ThrowIfCancellationRequested();
        if (result is not null)
            await Node.FinishWorkAsync(
                new() { Item = work.Item, Attempt = work.Attempt, Outcome = result.Outcome, Code = result.Code, Advice = result.Advice }, stopping);
        return true;
    }

    /// <summary>Null when the work was left in the middle.</summary>
    private async Task<WorkResult?> RunAsync(NodeWorkView work, CancellationToken leaving)
    {
        try
        {
            var result = await works.Single(one => one.Kind == work.Item.Kind).RunAsync(new(work.Item.Tenant, work.Item.Vault), leaving);
            if (result.Outcome != NodeWorkOutcome.Done)
                LogNotDone(work.Item, result.Code, result.Advice);
            return result;
        }
        catch (OperationCanceledException) when (leaving.IsCancellationRequested)
        {
            return null;
        }
        catch (Exception e)
        {
            var result = WorkFaults.Of(e) ?? WorkResult.Failed("worker-fault", "The worker met a fault that it does not know; the log of the silo has it. It is tried again.");
            LogFault(e, work.Item, result.Code);
            return result;
        }
    }

    // A lease that is lost stops the work; a cluster that is away does not: the lease is renewed when it is back, or turns out to be lost.
    private async Task RenewAsync(NodeWorkView work, CancellationTokenSource leaving)
    {
        try
        {
            while (true)
            {
                await Task.Delay(RenewEvery, clock, leaving.Token);
                if (!await TryRenewAsync(work, leaving.Token))
                    await leaving.CancelAsync();
            }
        }
        catch (OperationCanceledException)
        {
            // The work has ended, or is left.
        }
    }

    private async Task<bool> TryRenewAsync(NodeWorkView work, CancellationToken cancellation)
    {
        try
        {
            return (await Node.RenewWorkAsync(new() { Item = work.Item, Attempt = work.Attempt }, cancellation)).Succeeded;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            LogAway(e);
            return true;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The queue of work cannot be reached, asked again soon")]
    private partial void LogAway(Exception e);

    [LoggerMessage(Level = LogLevel.Warning, Message = "WorkNotDone {Work} {Code} {Advice}")]
    private partial void LogNotDone(NodeWorkItem work, string? code, string? advice);

    [LoggerMessage(Level = LogLevel.Error, Message = "WorkFailed {Work} {Code}")]
    private partial void LogFault(Exception e, NodeWorkItem work, string? code);
}
