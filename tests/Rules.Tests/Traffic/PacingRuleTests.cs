using BackupOnline.Rules.Traffic;
using NodaTime;
using static BackupOnline.Rules.Tests.Traffic.PacingCase;

namespace BackupOnline.Rules.Tests.Traffic;

public sealed class PacingRuleTests
{
    private static readonly PacingPolicy Policy = PacingPolicy.Default;

    [Fact]
    public void The_policy_is_the_contracts_numbers()
    {
        Assert.Equal((Burst, Quiet, Cap, 4 * Cap), (Policy.BurstBytes, Policy.QuietBytes, Policy.CapBytes, Policy.HighBytes));
        Assert.Equal(37_500_000, (Policy with { BurstBitsPerSecond = 1_000_000 }).QuietBytes);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(288 * Quiet, 0)]
    [InlineData((288 * Quiet) + 1, 1)]
    [InlineData((287 * Quiet) + Burst, 1)]
    [InlineData((287 * Quiet) + Burst + 1, 2)]
    [InlineData((288 * Burst) + 1, 289)]
    public void The_fewest_bursts_are_those_that_quiet_slots_leave_over(long bytes, int expected) => Assert.Equal(expected, PacingRule.Credits(bytes, 288, Policy));

    [Fact]
    public void A_burst_that_is_no_faster_than_a_quiet_slot_never_helps()
    {
        Assert.Equal(int.MaxValue / 4, PacingRule.Credits(300 * Quiet, 288, Policy with { BurstBitsPerSecond = 4_900_000 }));
    }

    [Fact]
    public void Nothing_to_send_is_an_empty_plan_that_still_tells_the_reserve()
    {
        var plan = Plan(With(0, 0, [Daily(0, 0)], 60 * GB), 0);

        Assert.Equal((PacingReason.NothingToSend, 0, 0), (plan.Reason, plan.Spans.Length, plan.Credits));
        Assert.Equal(29 * 5, plan.ReservedCredits); // 69 GB less 52.92 GB is 4.5 bursts
        Assert.Equal(0, plan.At(First).SlotBytes);
        Assert.Equal(PacingReason.NothingToSend, Plan(With(0, 0, []), 0).Reason);
    }

    [Fact]
    public void Spare_credits_are_shared_over_the_days_and_spent_first()
    {
        var plan = Plan(With(0, 0, [Daily(0, 50 * GB)]), 0);

        // 432 less 43 held back, over 30 days.
        Assert.Equal((PacingReason.SpareCredits, 12, 0), (plan.Reason, plan.Credits, plan.NeededCredits));
        Assert.Equal(new PacingSpan(First, First + 12, PacingKind.Burst, Burst), plan.Spans[0]);
        Assert.Equal(new PacingSpan(First + 12, First + 12 + 29, PacingKind.Quiet, Quiet), plan.Spans[1]); // 5 GB in 27.2 slots, and one more
        Assert.Equal(First + 12 + 27, plan.LastSlot);
        Assert.Equal(PacingKind.Quiet, plan.At(First + 9_000).Kind);
    }

    [Fact]
    public void A_tail_goes_quietly_and_so_does_work_that_fills_no_slot()
    {
        Assert.Equal((7, First + 7 + 2), Shape(Plan(With(0, 0, [Daily(0, (7 * Burst) + (3 * Quiet))]), 0)));
        var small = Plan(With(0, 350, [Daily(0, Burst - 1)]), 0);
        Assert.Equal((0, PacingReason.SmallWork), (small.Credits, small.Reason));
    }

    [Fact]
    public void With_plenty_of_credits_everything_goes_at_once_from_now_on()
    {
        var plan = PacingRule.Plan(With(10, 0, [Daily(10, 10 * GB)]), At(10) + Duration.FromSeconds(150), Policy);

        Assert.Equal((PacingReason.PlentyOfCredits, 4), (plan.Reason, plan.Credits));
        Assert.Equal([new(First + 10, First + 11, PacingKind.Burst, Burst / 2), new(First + 11, First + 14, PacingKind.Burst, Burst)], plan.Spans.Take(2));
        Assert.Equal(First + 13, plan.LastSlot);
        // What stays under the limit costs nothing, however fast it goes.
        Assert.Equal(0, PacingRule.Plan(With(10, 0, [Daily(10, 100_000_000)]), At(10) + Duration.FromSeconds(150), Policy).Credits);
        Assert.Equal(0, PacingRule.Plan(With(10, 1, [Daily(10, GB)]) with { PresentSlotBytes = GB }, At(10) + Duration.FromSeconds(150), Policy).Credits);
    }

    [Fact]
    public void What_would_not_end_in_time_gets_its_credits_even_on_a_day_without_a_share()
    {
        // 282 slots until half an hour before the deadline hold 51.8 GB quietly.
        var plan = Plan(With(0, 380, [Daily(0, 60 * GB)]), 0);

        Assert.Equal((PacingReason.NeededCredits, 3, 3), (plan.Reason, plan.NeededCredits, plan.Credits));
    }

    [Fact]
    public void Credits_that_later_days_need_are_kept()
    {
        var plan = Plan(With(0, 200, [Daily(0, 40 * GB)], 70 * GB), 0);

        Assert.Equal((PacingReason.CreditsKept, 0, 29 * 8), (plan.Reason, plan.Credits, plan.ReservedCredits));
    }

    [Fact]
    public void Where_none_are_to_spare_they_are_spent_as_late_as_the_deadline_allows()
    {
        var plan = Plan(With(0, 200, [Daily(0, 70 * GB)], 70 * GB), 0);

        Assert.Equal((PacingReason.LateCredits, 6, 6), (plan.Reason, plan.NeededCredits, plan.Credits));
        Assert.Equal(new PacingSpan(First, First + 282 - 6 - 1 - 6, PacingKind.Quiet, Quiet), plan.Spans[0]);
        Assert.Equal(PacingKind.Burst, plan.Spans[1].Kind);
    }

    [Fact]
    public void A_day_that_seems_too_much_is_raised_once_its_estimate_is_sure()
    {
        var early = Plan(With(8352, 430, [new PacingJob(90 * GB, First + 8352 + 288)]) with { NextFreeSlots = 0 }, 8352);
        var late = Plan(With(8500, 430, [new PacingJob(60 * GB, First + 8500 + 140)]) with { NextFreeSlots = 0 }, 8500);

        Assert.Equal((PacingReason.LateCredits, 2), (early.Reason, early.Credits));
        Assert.Equal(PacingReason.TodayOutOfReach, late.Reason);
        Assert.Equal(2, late.Credits);
        // 134 slots, two of them bursts: 52.5 GB over 132.
        Assert.Equal(new PacingSpan(First + 8502, First + 8502 + 133, PacingKind.Raised, 397_727_273), late.Spans[1]);
    }

    [Fact]
    public void A_month_that_needs_far_more_than_it_has_is_raised_evenly()
    {
        var plan = Plan(With(0, 0, [Daily(0, 150 * GB)], 150 * GB), 0);

        Assert.Equal((PacingReason.MonthOutOfReach, 14), (plan.Reason, plan.Credits)); // 432 over 30 days
        Assert.Equal(PacingKind.Raised, plan.Spans[^1].Kind);
        Assert.Equal(((150 * GB) - (14 * Burst) + 267) / 268, plan.Spans[^1].SlotBytes);
        // A light day in such a month stays quiet.
        Assert.Equal(PacingKind.Quiet, Plan(With(0, 0, [Daily(0, 10 * GB)], 200 * GB), 0).Spans[^1].Kind);
    }

    [Fact]
    public void A_month_that_is_exceeded_may_run_at_its_percentile()
    {
        var plan = Plan(With(4_000, 433, [Daily(4_000, 20 * GB)]), 4_000);

        Assert.Equal((PacingReason.MonthExceeded, 0), (plan.Reason, plan.Credits));
        Assert.Equal((PacingKind.Raised, 2 * Cap), (plan.Spans[0].Kind, plan.Spans[0].SlotBytes));
    }

    [Fact]
    public void Work_over_the_months_end_may_use_the_next_months_credits()
    {
        // Ten credits are left, 240 slots of the month too; the rest of the day lies in December.
        var plan = Plan(With(8_400, 422, [Daily(8_400, 230 * GB)]) with { LaterDays = [] }, 8_400);

        Assert.Equal((PacingReason.LateCredits, 50, 10), (plan.Reason, plan.NeededCredits, plan.Credits));
        Assert.Equal([PacingKind.Quiet, PacingKind.Burst, PacingKind.Quiet, PacingKind.Burst, PacingKind.Quiet], plan.Spans.Select(span => span.Kind));
        Assert.Equal((End, End + 40), (plan.Spans[3].FromSlot, plan.Spans[3].ToSlot));
    }

    [Theory]
    [InlineData(0, PacingKind.Quiet, Quiet / 2)] // half of the slot is over
    [InlineData(150_000_000, PacingKind.Quiet, 33_750_000)]
    [InlineData(Cap, PacingKind.Quiet, 0)]
    [InlineData(Cap + 1, PacingKind.Burst, Burst / 2)] // its credit is spent already
    [InlineData(Burst - 5, PacingKind.Burst, 5)]
    public void A_slot_that_has_begun_stays_what_it_is(long sent, PacingKind kind, long allowed)
    {
        var plan = PacingRule.Plan(With(10, 0, [Daily(10, 30 * GB)]) with { PresentSlotBytes = sent }, At(10) + Duration.FromSeconds(150), Policy);

        Assert.Equal(new PacingSpan(First + 10, First + 11, kind, allowed), plan.Spans[0]);
        Assert.Equal((First + 11, PacingKind.Burst, Burst), (plan.Spans[1].FromSlot, plan.Spans[1].Kind, plan.Spans[1].SlotBytes));
    }

    [Fact]
    public void What_fits_into_the_present_slot_ends_in_it()
    {
        var plan = PacingRule.Plan(With(10, 0, [Daily(10, 1_000)]), At(10) + Duration.FromSeconds(150), Policy);

        Assert.Equal(First + 10, plan.LastSlot);
    }

    [Fact]
    public void Late_work_is_to_end_within_the_hour_and_work_about_to_be_late_at_once()
    {
        Assert.Equal(3, Plan(With(300, 0, [new PacingJob(12 * GB, First + 290)]), 300).NeededCredits);
        Assert.Equal(1, Plan(With(300, 0, [new PacingJob(12 * GB, First + 304)]), 300).NeededCredits);
    }

    [Fact]
    public void Long_work_takes_a_days_part_and_is_put_aside_on_later_days()
    {
        // Ten days less half an hour, 2874 slots: 57.5 GB a day.
        var plan = Plan(With(0, 0, [new PacingJob(574 * GB, First + 2_880)]), 0);

        Assert.Equal(2, plan.NeededCredits);
        Assert.Equal(9 * 2, plan.ReservedCredits);
    }

    [Fact]
    public void Todays_credits_count_into_todays_share()
    {
        var before = Plan(With(0, 0, [Daily(0, 50 * GB)]), 0);
        var after = PacingRule.Plan(With(5, 5, [Daily(0, (50 * GB) - (5 * Burst))]) with { DayUsedSlots = 5, DayBytes = 5 * Burst }, At(5), Policy);

        Assert.Equal(before.Credits - 5, after.Credits);
    }

    [Theory]
    [InlineData(0, 1, 1_000)]
    [InlineData(0, 3, 900)]
    [InlineData(1, 3, 50)]
    public void The_work_that_is_due_first_gets_nine_tenths_and_none_gets_nothing(int place, int jobs, long part)
    {
        Assert.Equal(part, PacingRule.PartOf(1_000, place, jobs));
        Assert.True(PacingRule.PartOf(0, place, jobs) > 0);
    }

    [Fact]
    public void Absurd_counts_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Plan(With(0, 0, [Daily(0, -1)]), 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Plan(With(0, 0, [Daily(0, 1_000_000 * GB + 1)]), 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Plan(With(0, 0, [Daily(0, 1)]) with { PresentSlotBytes = -1 }, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Plan(With(0, 0, [Daily(0, 1)], -1), 0));
    }

    private static (int Credits, long LastSlot) Shape(PacingPlan plan) => (plan.Credits, plan.LastSlot);
}
