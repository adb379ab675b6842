using BackupOnline.Grains.Interfaces.Names;
using BackupOnline.Grains.Interfaces.Replies;
using BackupOnline.Grains.Interfaces.Schedules;
using BackupOnline.Grains.Interfaces.Tenants;
using BackupOnline.Grains.Interfaces.Traffic;
using BackupOnline.Grains.Records;
using BackupOnline.Grains.Requests;
using BackupOnline.Persistence.Log;
using BackupOnline.Persistence.Queries;
using BackupOnline.Persistence.Storage;
using BackupOnline.Persistence.Traffic;
using BackupOnline.Rules.Traffic;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace BackupOnline.Grains.Traffic;

internal sealed partial class TrafficGrain(
    IGrainContext context,
    [PersistentState(StateNames.Traffic, RecordedStorage.Name)] IPersistentState<TrafficState> store,
    TrafficSamples samples,
    SealedMonths sealedMonths,
    Corrections corrections,
    MonthSealer sealer,
    PolicyBook book,
    Listings listings,
    OutboxWriter notes,
    TimeProvider clock,
    ILogger<TrafficGrain> logger) : RecordedGrain<TrafficState, TrafficRecord>(store, clock), ITrafficGrain, IScheduledGrain
{
    /// <summary>In percent of the limit: a quiet slot stays below it although shaping is not exact.</summary>
    private const int QuietPercent = 98;

    private readonly NodeShares shares = new();
    private readonly MonthLedger months = new(TrafficKey.Parse(context.GrainId.Key.ToString()!).Tenant, samples, sealedMonths, corrections);

    private TenantView? tenant;
    private (MeteringMonth Month, BurstRegime Regime, TrafficPolicy Policy, DateTimeOffset At)? current;

    private TrafficKey Key { get; } = TrafficKey.Parse(context.GrainId.Key.ToString()!);

    public async Task<Reply<TrafficReceipt>> ReportAsync(ReportTraffic request, CancellationToken cancellation)
    {
        var now = Instant.FromDateTimeOffset(Now);
        if ((Check.Name(request.Node, "node") ?? TrafficBounds.Boot(request.Boot) ?? TrafficBounds.Slots(request.Slots, now)) is { } wrong)
        {
            LogRefused(Key, request.Node, wrong.Code);
            return wrong;
        }

        if (await TenantAsync(cancellation) is null) return Unknown.Tenant;
        var policies = await book.ReadAsync(cancellation);
        Dictionary<MeteringMonth, List<SlotSum>> open = [];
        List<string> late = [];
        var taken = 0;
        foreach (var group in request.Slots.GroupBy(slot => slot.Slot))
        {
            var month = policies.MonthAt(TrafficSlot.Start(group.Key));
            if (await IsClosedAsync(month, policies, now, cancellation))
            {
                late.Add(month.Month.Text());
                continue;
            }

            taken++;

            // Within one report too, the larger of two readings is the newer.
            var bytes = group.Aggregate(default(SlotBytes), (largest, slot) => SlotBytes.Larger(largest, new(slot.InBytes, slot.OutBytes)));
            if (bytes.IsZero) continue;
            if (!open.TryGetValue(month, out var rows)) open[month] = rows = [];
            rows.Add(new((int)group.Key, bytes.InBytes, bytes.OutBytes));
        }

        await months.MergeAsync(request.Node, request.Boot, open, cancellation);
        foreach (var month in late.Distinct()) await NoteTooLateAsync(request, month, cancellation);
        if (late.Count > 0) LogTooLate(Key, request.Node, late.Count);
        return Reply<TrafficReceipt>.Done(new() { Taken = taken, Sealed = late.Count });
    }

    public async Task<Reply<TrafficShare>> ShareAsync(AskShare request, CancellationToken cancellation)
    {
        if ((Check.Name(request.Node, "node")
            ?? Check.That(request.DemandBitsPerSecond >= 0, "demand-invalid", "The demand is a number of bits per second: 0 or more.")) is { } wrong) return wrong;

        var now = Now;
        var (month, regime, policy) = await CurrentAsync(cancellation);
        var (rate, next) = Rates(month, regime, policy, now);
        shares.Ask(request.Node, request.DemandBitsPerSecond, now);
        return Reply<TrafficShare>.Done(new() { BitsPerSecond = shares.Of(request.Node, rate), NextSlotBitsPerSecond = shares.Of(request.Node, next) });
    }

    protected override TrafficRecord ToView(long version) => new([.. State.Overrides]);

    // What the tenant may use now, and in the next slot as things stand.
    private (long Now, long Next) Rates(MeteringMonth month, BurstRegime regime, TrafficPolicy policy, DateTimeOffset now)
    {
        var slot = TrafficSlot.Of(Instant.FromDateTimeOffset(now));
        var next = TrafficSlot.Start(slot + 1).ToDateTimeOffset();
        var slots = months.Known(month.Month);
        var (present, later) = (regime.BurstKbps * 1_000, regime.BurstKbps * 1_000);
        if (regime.Quiet is { } quiet)
        {
            // Bursting goes on in a slot that has cost its credit already.
            bool Costs(SlotBytes bytes) => Math.Max(bytes.InBytes, bytes.OutBytes) > policy.LimitBytesPerSlot;
            var isBurst = slots is not null && slots.TryGetValue(slot, out var bytes) && Costs(bytes);
            var left = quiet.BurstSamples - (slots?.Values.Count(Costs) ?? 0);
            var quietKbps = Math.Min(regime.BurstKbps, quiet.CeilingKbps);
            var quietRate = quiet.ConformReachable ? quietKbps * 10 * QuietPercent : quietKbps * 1_000;
            if (left <= 0 && !isBurst) present = quietRate;
            if (left <= 0) later = quietRate;
        }

        return (Shown?.At(now)?.BurstKbps * 1_000 ?? present, Shown?.At(next)?.BurstKbps * 1_000 ?? later);
    }

    // The regime of the running month; asked again each minute, for it may change until the month before is sealed.
    private async ValueTask<(MeteringMonth Month, BurstRegime Regime, TrafficPolicy Policy)> CurrentAsync(CancellationToken cancellation)
    {
        var now = Now;
        var slot = TrafficSlot.Of(Instant.FromDateTimeOffset(now));
        if (current is { } known && known.Month.Holds(slot) && now - known.At < TimeSpan.FromMinutes(1) && now >= known.At) return (known.Month, known.Regime, known.Policy);
        var policies = await book.ReadAsync(cancellation);
        var month = policies.MonthAt(Instant.FromDateTimeOffset(now));
        var (regime, _) = await months.RegimeAsync(month.Month, policies, cancellation);
        if (regime.Quiet is not null) await months.SlotsAsync(month, cancellation);
        months.Forget(month.Month.PlusMonths(-1));
        current = (month, regime, policies.Of(month.Month), now);
        return (month, regime, policies.Of(month.Month));
    }

    // By time, and by the row for a clock that was turned back.
    private async ValueTask<bool> IsClosedAsync(MeteringMonth month, PolicyTable policies, Instant now, CancellationToken cancellation) =>
        now >= month.End + policies.Of(month.Month).Grace || await months.IsSealedAsync(month.Month, cancellation);

    private async ValueTask<TenantView?> TenantAsync(CancellationToken cancellation) =>
        tenant ??= (await GrainFactory.Get(new TenantKey(Key.Tenant)).ReadAsync(cancellation)).Value;

    // Once for each month, node and boot: a node that goes on trying fills no log.
    private Task NoteTooLateAsync(ReportTraffic request, string month, CancellationToken cancellation) => notes.NoteAsync(
        $"traffic-late/{month}/{request.Node}/{request.Boot}",
        new()
        {
            Scope = Key.Tenant,
            Event = "traffic.refused-late",
            At = Now,
            Actor = $"node:{request.Node}",
            Subject = Key.ToString(),
            Details = new SortedDictionary<string, string>(StringComparer.Ordinal) { ["month"] = month, ["boot"] = request.Boot },
        },
        cancellation);
}
