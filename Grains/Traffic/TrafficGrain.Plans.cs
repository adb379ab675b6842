using System.Collections.Immutable;
using BackupOnline.Grains.Interfaces.Jobs;
using BackupOnline.Grains.Interfaces.Names;
using BackupOnline.Grains.Interfaces.Replies;
using BackupOnline.Grains.Interfaces.Traffic;
using BackupOnline.Grains.Requests;
using BackupOnline.Rules.Traffic;
using NodaTime;

namespace BackupOnline.Grains.Traffic;

/// <summary>How runs are to send, and what one more would mean (docs/pacing.md). Of the received direction: restores are not held back.</summary>
internal sealed partial class TrafficGrain
{
    private const long MostBytes = 1_000_000_000_000_000;

    public async Task<Reply<SendingPlan>> PlanAsync(AskPlan request, CancellationToken cancellation)
    {
        if (await TenantAsync(cancellation) is null) return Unknown.Tenant;
        var read = await GrainFactory.Get(new JobKey(Key.Tenant, request.Job)).ReadAsync(cancellation);
        if (read.Value is not { } job) return read.Refusal!;
        if (job.EndedAt is not null) return Refusal.Conflict("job-ended", "This run has ended. There is nothing left to plan.");

        var now = Instant.FromDateTimeOffset(Now);
        var (situation, policy, history, month) = await SituationAsync(now, job, cancellation);
        if (job.Kind != JobKind.Backup)
            return Reply<SendingPlan>.Done(PlanWords.NotPaced(job.Id, now, situation.CreditsLeft));

        var mine = history.ToWork(job, month.Zone, policy);
        // Jobs that are due at the same time: in the order of their ids.
        var place = situation.Jobs.Count(other => other.DeadlineSlot < mine.DeadlineSlot)
            + history.Running.Count(other => other.Id != job.Id && string.CompareOrdinal(other.Id, job.Id) < 0 && history.ToWork(other, month.Zone, policy).DeadlineSlot == mine.DeadlineSlot);
        var plan = PacingRule.Plan(situation, now, policy);
        return Reply<SendingPlan>.Done(PlanWords.Of(job.Id, plan, situation, now, place));
    }

    public async Task<Reply<WhatIfView>> WhatIfAsync(AskWhatIf request, CancellationToken cancellation)
    {
        if (request.Bytes is < 0 or > MostBytes) return Refusal.Invalid("bytes-invalid", "The bytes must be from 0 to 10^15.");
        if (await TenantAsync(cancellation) is null) return Unknown.Tenant;
        var now = Instant.FromDateTimeOffset(Now);
        var (situation, policy, _, month) = await SituationAsync(now, null, cancellation);
        var slot = TrafficSlot.Of(Instant.FromDateTimeOffset(request.StartsAt));
        if (slot < TrafficSlot.Of(now) || slot >= situation.MonthEndSlot)
            return Refusal.Invalid("start-invalid", $"The start must be from now on and before {month.End}, the end of the running month.");

        var slots = await months.SlotsAsync(month, cancellation);
        var past = slots.Where(entry => month.Holds(entry.Key)).Select(entry => (entry.Value.InBytes, 1L)).ToList();
        var answer = PacingOutlook.WhatIf(situation, past, now, request.Bytes, slot, policy);
        return Reply<WhatIfView>.Done(PlanWords.Of(answer, request, policy));
    }

    // What the rule looks at. A run whose progress the list does not show yet is taken as its grain knows it.
    private async Task<(PacingSituation Situation, PacingPolicy Policy, RunHistory History, MeteringMonth Month)> SituationAsync(Instant now, JobView? asking, CancellationToken cancellation)
    {
        var (month, regime, traffic) = await CurrentAsync(cancellation);
        var policy = PacingPolicy.Default with
        {
            CapBytes = traffic.LimitBytesPerSlot,
            BurstBitsPerSecond = (Shown?.At(Now)?.BurstKbps ?? regime.BurstKbps) * 1_000L,
        };
        var slots = await months.SlotsAsync(month, cancellation);
        var history = await RunHistory.ReadAsync(listings, Key.Tenant, now, month.Zone, policy, cancellation);
        List<JobView> running = [.. history.Running.Where(job => job.Id != asking?.Id)];
        if (asking is { Kind: JobKind.Backup }) running.Add(asking);

        var dayStart = running.Count > 0 ? Instant.FromDateTimeOffset(running.Min(job => job.StartedAt)) : now;
        var daySlot = Math.Max(TrafficSlot.Of(dayStart), TrafficSlot.Of(now) - PacingPolicy.DaySlots);
        var today = slots.Where(slot => slot.Key >= daySlot).Select(slot => slot.Value.InBytes).ToList();
        return (new()
        {
            MonthEndSlot = month.EndSlot,
            FreeSlots = PercentileRule.FreeSamples(month.Samples),
            UsedSlots = slots.Values.Count(slot => slot.InBytes > policy.CapBytes),
            HighSlots = slots.Values.Count(slot => slot.InBytes > policy.HighBytes),
            LowerBoundBytes = PercentileRule.Of(slots.Values.Select(slot => slot.InBytes), month.Samples),
            PresentSlotBytes = slots.TryGetValue(TrafficSlot.Of(now), out var present) ? present.InBytes : 0,
            NextFreeSlots = PercentileRule.FreeSamples(month.Next.Samples),
            DayUsedSlots = today.Count(bytes => bytes > policy.CapBytes),
            DayBytes = today.Sum(),
            Jobs = [.. running.Select(job => history.ToWork(job, month.Zone, policy))],
            LaterDays = Later(month, history, running.Count > 0 ? dayStart : history.LastStart, now, policy),
        }, policy, history, month);
    }

    // The days' backups begin at the hour at which the last ones did.
    private static ImmutableArray<PacingDay> Later(MeteringMonth month, RunHistory history, Instant? start, Instant now, PacingPolicy policy)
    {
        if (start is not { } first) return [];
        var days = ImmutableArray.CreateBuilder<PacingDay>();
        for (var at = first + Duration.FromDays(1); at < month.End; at += Duration.FromDays(1))
        {
            if (at > now) days.Add(new(history.ExpectAll(at.InZone(month.Zone).Date, policy), TrafficSlot.Of(at)));
        }

        return days.ToImmutable();
    }
}
