using System.Collections.Concurrent;
using System.Collections.Immutable;
using BackupOnline.Client.Cluster;
using BackupOnline.Grains.Interfaces.Availability;
using BackupOnline.Grains.Interfaces.Names;
using BackupOnline.Grains.Interfaces.Replies;
using BackupOnline.Persistence.Availability;
using Microsoft.Extensions.Options;

namespace BackupOnline.Client.Probing;

/// <summary>
/// Round after round probes the vaults that the desk gives this prober, spread over the round. It runs beside the door and not beside a shelf, so that
/// a shelf that is gone cannot take its witness with it (decision 22, docs/decisions/0010-probes-are-pulled.md).
/// </summary>
internal sealed partial class Prober(
    ClusterCalls cluster,
    ProbeTargetList list,
    ProbeVisit visit,
    ProbeOutbox outbox,
    IOptions<ProbeOptions> options,
    TimeProvider time,
    ILogger<Prober> log) : BackgroundService
{
    private readonly SemaphoreSlim places = new(options.Value.MostAtOnce);
    private readonly ConcurrentDictionary<string, SemaphoreSlim> placesOfNodes = new(StringComparer.Ordinal);
    private ImmutableArray<int> lastShards = [];

    private TimeSpan Period => options.Value.Period;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var rounds = new HashSet<Task>();
        try
        {
            while (true)
            {
                var now = time.GetUtcNow();
                var round = new DateTimeOffset(now.UtcTicks - (now.UtcTicks % Period.Ticks), TimeSpan.Zero);
                if (cluster.HasConnected)
                    rounds.Add(TryRoundAsync(round, stoppingToken));
                rounds.RemoveWhere(task => task.IsCompleted);
                await UntilAsync(round + Period, stoppingToken);
            }
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(rounds);
            await LeaveAsync();
        }
    }

    private async Task TryRoundAsync(DateTimeOffset round, CancellationToken stopping)
    {
        try
        {
            await RoundAsync(round, stopping);
        }
        catch (Exception fault) when (fault is not OperationCanceledException || !stopping.IsCancellationRequested)
        {
            LogRoundFailed(fault, round);
        }
        catch (OperationCanceledException)
        {
            // Stopping: what has a result was put into the outbox.
        }
    }

    private async Task RoundAsync(DateTimeOffset round, CancellationToken stopping)
    {
        var targets = await list.ReadAsync(stopping);
        var own = await ClaimAsync(round, whatIsLeft: false, stopping);
        var probes = targets.Where(target => own.Contains(ProbeShard.Of(target.Vault))).Select(target => ProbeAsync(target, round, stopping)).ToList();

        // Half a round later, what its prober has not claimed by then.
        await UntilAsync(round + (Period / 2), stopping);
        var more = (await ClaimAsync(round, whatIsLeft: true, stopping)).Except(own).ToHashSet();
        if (more.Count > 0)
        {
            LogTakesOver(more.Count);
            probes.AddRange(targets.Where(target => more.Contains(ProbeShard.Of(target.Vault))).Select(target => ProbeAsync(target, round, stopping)));
        }

        await Task.WhenAll(probes);
    }

    private async Task<ImmutableArray<int>> ClaimAsync(DateTimeOffset round, bool whatIsLeft, CancellationToken stopping)
    {
        var request = new ClaimProbes { Prober = options.Value.Name, Round = round, WhatIsLeft = whatIsLeft };
        try
        {
            var reply = await cluster.AskAsync<Reply<ProbeOrders>>(grains => grains.Get(new ProbeDeskKey()).ClaimAsync(request, CancellationToken.None), stopping);
            if (reply.Succeeded)
                return lastShards = reply.Value.Shards;
            LogRefused(reply.Refusal.Code, reply.Refusal.Advice);
        }
        catch (Exception fault) when (!stopping.IsCancellationRequested)
        {
            // A probe too many changes nothing; a minute without one would.
            var kind = fault.GetType().Name;
            LogDeskAway(lastShards.Length, kind);
        }

        return lastShards;
    }

    private async Task ProbeAsync(ProbeTarget target, DateTimeOffset round, CancellationToken stopping)
    {
        var spread = Period * 0.6;
        var offset = TimeSpan.FromTicks((long)(ProbeShard.Hash($"offset/{target.Vault}") % (ulong)spread.Ticks));
        await UntilAsync(round + offset, stopping);
        var place = placesOfNodes.GetOrAdd(target.Node, _ => new(options.Value.MostPerNode));
        if (!await EnterAsync(place, round, stopping))
            return;
        try
        {
            if (!await EnterAsync(places, round, stopping))
                return;
            try
            {
                var minute = new DateTimeOffset(round.UtcTicks - (round.UtcTicks % TimeSpan.TicksPerMinute), TimeSpan.Zero);
                outbox.Add(target.Vault.Tenant, await visit.RunAsync(target, minute, stopping));
            }
            finally
            {
                places.Release();
            }
        }
        finally
        {
            place.Release();
        }
    }

    // What finds no place before its round is over is not probed: the minute says so.
    private async Task<bool> EnterAsync(SemaphoreSlim gate, DateTimeOffset round, CancellationToken stopping)
    {
        var left = round + Period - time.GetUtcNow();
        return await gate.WaitAsync(left > TimeSpan.Zero ? left : TimeSpan.Zero, stopping);
    }

    private async Task UntilAsync(DateTimeOffset instant, CancellationToken stopping)
    {
        // Again when a timer was early: a round must not begin twice.
        while (instant - time.GetUtcNow() is var left && left > TimeSpan.Zero)
            await Task.Delay(left, time, stopping);
        stopping.ThrowIfCancellationRequested();
    }

    private async Task LeaveAsync()
    {
        if (!cluster.HasConnected)
            return;
        try
        {
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(2), time);
            await cluster.AskAsync(
                async grains =>
                {
                    await grains.Get(new ProbeDeskKey()).LeaveAsync(options.Value.Name, CancellationToken.None);
                    return true;
                },
                patience.Token);
        }
        catch (Exception fault)
        {
            var kind = fault.GetType().Name;
            LogDeskAway(lastShards.Length, kind);
        }
    }

    [LoggerMessage(EventId = 1305, Level = LogLevel.Error, Message = "Probe round failed: {Round}")]
    private partial void LogRoundFailed(Exception fault, DateTimeOffset round);

    [LoggerMessage(EventId = 1306, Level = LogLevel.Information, Message = "Another prober did not come: {Shards} of 64 shards taken over for this round")]
    private partial void LogTakesOver(int shards);

    [LoggerMessage(EventId = 1307, Level = LogLevel.Error, Message = "Probe desk refuses: {Code}: {Advice}")]
    private partial void LogRefused(string code, string advice);

    [LoggerMessage(EventId = 1308, Level = LogLevel.Information, Message = "Probe desk away, the {Shards} shards of before are probed: {Kind}")]
    private partial void LogDeskAway(int shards, string kind);
}
