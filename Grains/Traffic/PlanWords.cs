using BackupOnline.Grains.Interfaces.Traffic;
using BackupOnline.Rules.Traffic;
using NodaTime;

namespace BackupOnline.Grains.Traffic;

/// <summary>The rule's plans and outlooks as they go over the wire.</summary>
internal static class PlanWords
{
    public static SendingPlan NotPaced(string job, Instant now, int creditsLeft) => new()
    {
        Job = job,
        At = now.ToDateTimeOffset(),
        Reason = "not-paced",
        Spans = [],
        BytesLeft = 0,
        Credits = 0,
        NeededCredits = 0,
        ReservedCredits = 0,
        CreditsLeft = creditsLeft,
        EndsAt = now.ToDateTimeOffset(),
    };

    /// <param name="place">The run's place among the tenant's by deadline, from 0.</param>
    public static SendingPlan Of(string job, PacingPlan plan, PacingSituation situation, Instant now, int place) => new()
    {
        Job = job,
        At = now.ToDateTimeOffset(),
        Reason = Text(plan.Reason),
        Spans = [.. plan.Spans.Select(span => Of(span, now, place, situation.Jobs.Length))],
        BytesLeft = situation.Jobs.Sum(work => work.BytesLeft),
        Credits = plan.Credits,
        NeededCredits = plan.NeededCredits,
        ReservedCredits = plan.ReservedCredits,
        CreditsLeft = situation.CreditsLeft,
        EndsAt = TrafficSlot.Start(plan.LastSlot + 1).ToDateTimeOffset(),
    };

    public static WhatIfView Of(PacingWhatIf answer, AskWhatIf request, PacingPolicy policy) => new()
    {
        StartsAt = request.StartsAt,
        Bytes = request.Bytes,
        Without = Of(answer.Without, policy),
        Paced = Of(answer.Paced, policy),
        Reason = Text(answer.Plan.Reason),
        AtOnce = Of(answer.AtOnce, policy),
    };

    private static JobExpectation Of(PacingJobOutlook job, PacingPolicy policy) =>
        new() { Credits = job.Credits, EndsAt = TrafficSlot.Start(job.LastSlot + 1).ToDateTimeOffset(), Month = Of(job.Month, policy) };

    private static MonthExpectation Of(PacingMonthOutlook month, PacingPolicy policy) => new()
    {
        P95Bytes = month.PercentileBytes,
        CreditsUsed = month.CreditsUsed,
        CreditsExpected = month.CreditsExpected,
        CreditsLeft = month.CreditsLeft,
        Exceeded = month.PercentileBytes > policy.CapBytes,
    };

    // Of a slot that has begun what is left of it counts; no rate is 0.
    private static SendingSpan Of(PacingSpan span, Instant now, int place, int jobs)
    {
        var from = Instant.Max(now, TrafficSlot.Start(span.FromSlot));
        var to = TrafficSlot.Start(span.ToSlot);
        var slotEnd = TrafficSlot.Start(span.FromSlot + 1);
        var seconds = Math.Max(1, (slotEnd - from).TotalSeconds);
        return new()
        {
            From = from.ToDateTimeOffset(),
            To = to.ToDateTimeOffset(),
            Kind = Text(span.Kind),
            BitsPerSecond = Math.Max(1, (long)(PacingRule.PartOf(span.SlotBytes, place, jobs) * 8 / seconds)),
        };
    }

    private static string Text(PacingKind kind) => kind switch
    {
        PacingKind.Burst => "burst",
        PacingKind.Raised => "raised",
        _ => "quiet",
    };

    private static string Text(PacingReason reason) => reason switch
    {
        PacingReason.PlentyOfCredits => "plenty-of-credits",
        PacingReason.SpareCredits => "spare-credits",
        PacingReason.NeededCredits => "needed-credits",
        PacingReason.LateCredits => "late-credits",
        PacingReason.CreditsKept => "credits-kept",
        PacingReason.SmallWork => "small-work",
        PacingReason.TodayOutOfReach => "today-out-of-reach",
        PacingReason.MonthOutOfReach => "month-out-of-reach",
        PacingReason.MonthExceeded => "month-exceeded",
        _ => "nothing-to-send",
    };
}
