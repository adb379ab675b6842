using System.Collections.Immutable;
using NodaTime;

namespace BackupOnline.Rules.Traffic;

/// <summary>Looks ahead to the end of the month (article 7), one direction. Expected, not promised: it stands on the forecast, without margin.</summary>
public static class PacingOutlook
{
    /// <summary>
    /// The month's percentile from the slots so far, what is under way, and the later days' backups, each sent as quietly as its 24 hours allow. Where they need more credits than
    /// there are, the even level that they would be raised to, rounded up to whole bytes. Slots in which two works meet are counted twice, in the customer's disfavour.
    /// </summary>
    /// <param name="past">The month's slots so far, in any order; slots of 0 bytes may be left out.</param>
    public static PacingMonthOutlook Expect(PacingSituation situation, IEnumerable<(long Bytes, long Count)> past, Instant now, PacingPolicy policy) =>
        Judge(situation, past, Future(situation, now, policy), policy);

    /// <summary>What a further job would mean for the month, paced and at once. It has 24 hours from its start.</summary>
    /// <param name="bytes">What it will send, 0 or more.</param>
    /// <param name="startSlot">In this month, not before the present slot.</param>
    /// <exception cref="ArgumentOutOfRangeException">The start is not in what is left of the month, or a count is out of its bounds.</exception>
    public static PacingWhatIf WhatIf(PacingSituation situation, IReadOnlyCollection<(long Bytes, long Count)> past, Instant now, long bytes, long startSlot, PacingPolicy policy)
    {
        PacingWork.Check(bytes);
        var present = TrafficSlot.Of(now);
        ArgumentOutOfRangeException.ThrowIfLessThan(startSlot, present);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(startSlot, situation.MonthEndSlot);

        var future = Future(situation, now, policy);
        var without = Judge(situation, past, future, policy);
        var earlier = situation.LaterDays.Where(day => day.FromSlot < startSlot).ToList();
        var then = situation with
        {
            UsedSlots = situation.UsedSlots + future.Present + earlier.Sum(day => PacingRule.Credits(day.Bytes, PacingPolicy.DaySlots, policy)),
            PresentSlotBytes = startSlot == present ? situation.PresentSlotBytes : 0,
            DayUsedSlots = 0,
            DayBytes = 0,
            Jobs = [new PacingJob(bytes, startSlot + PacingPolicy.DaySlots)],
            LaterDays = [.. situation.LaterDays.Skip(earlier.Count)],
        };
        var start = startSlot == present ? now : TrafficSlot.Start(startSlot);
        var plan = PacingRule.Plan(then, start, policy);
        var paced = Slots(plan, bytes, situation.MonthEndSlot, policy);
        var atOnce = AtOnce(bytes, startSlot, situation.MonthEndSlot, policy);
        return new PacingWhatIf(
            without,
            new PacingJobOutlook(Above(paced, policy), plan.LastSlot, Judge(situation, past, future.With(paced, bytes, policy), policy)),
            plan,
            new PacingJobOutlook(Above(atOnce, policy), startSlot + Math.Max(0, ((bytes + policy.BurstBytes - 1) / policy.BurstBytes) - 1), JudgeAtOnce(situation, past, future.With(atOnce, bytes, policy), atOnce, without, policy)));
    }

    private static PacingMonthOutlook Judge(PacingSituation situation, IEnumerable<(long Bytes, long Count)> past, Expected future, PacingPolicy policy)
    {
        var left = situation.CreditsLeft - future.Credits;
        var percentile = PercentileRule.OfRuns(past.Concat(left < 0 ? [] : future.Slots), situation.FreeSlots * 20);
        if (left < 0) percentile = Math.Max(percentile, future.EvenLevel(Math.Max(0, situation.CreditsLeft), policy));
        return new PacingMonthOutlook(percentile, situation.UsedSlots, future.Credits, left);
    }

    // Nothing raises what goes at once: its slots count as they are.
    private static PacingMonthOutlook JudgeAtOnce(
        PacingSituation situation, IReadOnlyCollection<(long Bytes, long Count)> past, Expected future, ImmutableArray<(long Bytes, long Count)> job, PacingMonthOutlook without, PacingPolicy policy)
    {
        var slots = past.Concat(without.CreditsLeft < 0 ? job : future.Slots);
        var judged = Judge(situation, past, future, policy);
        return judged with { PercentileBytes = Math.Max(without.PercentileBytes, PercentileRule.OfRuns(slots, situation.FreeSlots * 20)) };
    }

    private static Expected Future(PacingSituation situation, Instant now, PacingPolicy policy)
    {
        var plan = PacingRule.Plan(situation, now, policy);
        var left = situation.Jobs.Sum(job => job.BytesLeft);
        var running = Slots(plan, left, situation.MonthEndSlot, policy);
        var slots = ImmutableArray.CreateBuilder<(long Bytes, long Count)>();
        slots.AddRange(running);
        long credits = Above(running, policy);
        foreach (var day in situation.LaterDays)
        {
            var window = Math.Clamp(situation.MonthEndSlot - day.FromSlot, 0, PacingPolicy.DaySlots);
            var inMonth = day.Bytes * window / PacingPolicy.DaySlots;
            var needed = Math.Min(PacingRule.Credits(inMonth, window, policy), window);
            left += inMonth;
            credits += needed;
            slots.Add((policy.BurstBytes, needed));
            slots.Add((policy.QuietBytes, Math.Max(0, inMonth - (needed * policy.BurstBytes)) / policy.QuietBytes));
        }

        var first = (TrafficSlot.Of(now)) + 1;
        return new Expected(slots.ToImmutable(), (int)credits, Above(running, policy), left, Math.Max(1, situation.MonthEndSlot - first));
    }

    private static ImmutableArray<(long Bytes, long Count)> Slots(PacingPlan plan, long bytes, long monthEnd, PacingPolicy policy)
    {
        var slots = ImmutableArray.CreateBuilder<(long Bytes, long Count)>();
        foreach (var span in plan.Spans)
        {
            var most = Math.Max(0, Math.Min(span.ToSlot, monthEnd) - span.FromSlot);
            var whole = span.SlotBytes == 0 ? 0 : Math.Min(most, bytes / span.SlotBytes);
            if (whole > 0) slots.Add((span.SlotBytes, whole));
            bytes -= whole * span.SlotBytes;
            if (whole == most || bytes == 0) continue;
            slots.Add((bytes, 1));
            bytes = 0;
        }

        return slots.ToImmutable();
    }

    private static ImmutableArray<(long Bytes, long Count)> AtOnce(long bytes, long startSlot, long monthEnd, PacingPolicy policy)
    {
        var whole = Math.Min(bytes / policy.BurstBytes, monthEnd - startSlot);
        var tail = startSlot + whole < monthEnd ? bytes - (whole * policy.BurstBytes) : 0;
        return [(policy.BurstBytes, whole), (tail, tail > 0 ? 1 : 0)];
    }

    private static int Above(IEnumerable<(long Bytes, long Count)> slots, PacingPolicy policy) => (int)slots.Where(slot => slot.Bytes > policy.CapBytes).Sum(slot => slot.Count);

    // What is still to come in this month: its slots, its credits (those of what is under way apart), its bytes, and the time for them.
    private sealed record Expected(ImmutableArray<(long Bytes, long Count)> Slots, int Credits, int Present, long Bytes, long SlotsLeft)
    {
        public Expected With(ImmutableArray<(long Bytes, long Count)> job, long bytes, PacingPolicy policy) =>
            this with { Slots = Slots.AddRange(job), Credits = Credits + Above(job, policy), Bytes = Bytes + bytes };

        public long EvenLevel(int bursts, PacingPolicy policy)
        {
            var slots = Math.Max(1, SlotsLeft - bursts);
            return Math.Clamp((Math.Max(0, Bytes - (bursts * policy.BurstBytes)) + slots - 1) / slots, policy.QuietBytes, policy.BurstBytes);
        }
    }
}
