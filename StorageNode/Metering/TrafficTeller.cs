using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using BackupOnline.Grains.Interfaces.Names;
using BackupOnline.Grains.Interfaces.Replies;
using BackupOnline.Grains.Interfaces.Traffic;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace BackupOnline.StorageNode.Metering;

/// <summary>Tells the counters to the Traffic grains: every 45 s, a moment after each slot's end, and at a clean stop. What is not acknowledged is told again.</summary>
internal sealed partial class TrafficTeller(
    IOptions<ShelfOptions> options, IGrainFactory grains, TrafficRegister register, SlotClock slots, TimeProvider clock, ILogger<TrafficTeller> logger) : BackgroundService
{
    /// <summary>A node that dies may lose its last 60 s and no more (article 7): 15 s of them are left for being late and for the grain's answer.</summary>
    public static readonly TimeSpan Every = TimeSpan.FromSeconds(45);

    // Each node has its own moment after a slot's end, so that they do not all tell at once.
    private const int MostSpreadMilliseconds = 5000;
    private const int MostSlotsAtOnce = 500;
    private const int TenantsAtOnce = 16;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly TimeSpan _spread = TimeSpan.FromMilliseconds(200 + (BinaryPrimitives.ReadUInt32LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(options.Value.Node))) % MostSpreadMilliseconds));

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        // Hosted services stop after Kestrel: every connection has ended.
        await base.StopAsync(cancellationToken);
        await TellAllAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            var slotEnd = slots.UntilSlotEnd() + _spread;
            await Task.Delay(slotEnd < Every ? slotEnd : Every, clock, stoppingToken);
            await TellAllAsync(stoppingToken);
            register.Sweep();
        }
    }

    /// <summary>Tells everything that is due, of all tenants.</summary>
    internal Task TellAllAsync(CancellationToken cancellation) =>
        Parallel.ForEachAsync(
            register.All(),
            new ParallelOptions { MaxDegreeOfParallelism = TenantsAtOnce, CancellationToken = cancellation },
            async (traffic, token) => await TellAsync(traffic, token));

    private async Task TellAsync(TenantTraffic traffic, CancellationToken cancellation)
    {
        foreach (var (life, due) in traffic.Slots.Tell(slots.Now()))
        {
            foreach (var page in due.Chunk(MostSlotsAtOnce))
            {
                if (!await TryTellAsync(traffic, life, [.. page], cancellation))
                    return;
            }
        }
    }

    /// <summary>False when the grain cannot be reached now.</summary>
    private async Task<bool> TryTellAsync(TenantTraffic traffic, int life, ImmutableArray<SlotTraffic> page, CancellationToken cancellation)
    {
        try
        {
            var request = new ReportTraffic { Node = options.Value.Node, Boot = register.Boot(life), Slots = page };
            var reply = await grains.Get(new TrafficKey(traffic.Tenant)).ReportAsync(request, cancellation).WaitAsync(Patience, clock, cancellation);
            if (reply.Succeeded)
            {
                traffic.Slots.Taken(life, page);
                if (reply.Value.Sealed > 0)
                    LogSealed(traffic.Tenant, reply.Value.Sealed);

                return true;
            }

            return await RefusedAsync(traffic, life, page, reply.Refusal, cancellation);
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested)
        {
            LogNotTold(traffic.Tenant, e);
            return false;
        }
    }

    // One slot that is refused must not hold back the others: then each is told alone.
    private async Task<bool> RefusedAsync(TenantTraffic traffic, int life, ImmutableArray<SlotTraffic> page, Refusal refusal, CancellationToken cancellation)
    {
        if (refusal.Kind == RefusalKind.Unavailable)
            return false;

        traffic.Slots.Refused(life, page);
        if (page.Length == 1)
        {
            LogRefused(traffic.Tenant, page[0].Slot, refusal.Code, refusal.Advice);
            return true;
        }

        foreach (var slot in page)
        {
            if (!await TryTellAsync(traffic, life, [slot], cancellation))
                return false;
        }

        return true;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Traffic not told yet, kept for the next try: {Tenant}")]
    private partial void LogNotTold(string tenant, Exception e);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Traffic of a sealed month was not taken: {Tenant}, {Slots} slots")]
    private partial void LogSealed(string tenant, int slots);

    [LoggerMessage(Level = LogLevel.Error, Message = "Traffic refused, kept: {Tenant} slot {Slot} {Code} {Advice}")]
    private partial void LogRefused(string tenant, long slot, string code, string advice);
}
