using BackupOnline.Rules.Traffic;
using CsCheck;
using static BackupOnline.Rules.Tests.Traffic.PacingCase;

namespace BackupOnline.Rules.Tests.Traffic;

public sealed class PacingRuleProperties
{
    private static readonly PacingPolicy Policy = PacingPolicy.Default;

    [Fact]
    public void No_plan_takes_more_credits_than_there_are_goes_above_the_burst_or_stops()
    {
        Any.Sample(
            given =>
            {
                var (situation, now) = given;
                var plan = PacingRule.Plan(situation, now, Policy);
                var left = situation.Jobs.Sum(job => job.BytesLeft);
                if (left == 0)
                {
                    Assert.Equal(PacingReason.NothingToSend, plan.Reason);
                    return;
                }

                // Of this month; a month that is exceeded has what the percentile leaves out.
                Assert.True(plan.Credits <= Math.Max(situation.CreditsLeft, situation.FreeSlots - situation.HighSlots));
                Assert.All(plan.Spans, span => Assert.InRange(span.SlotBytes, 0, Burst));
                Assert.All(plan.Spans.Where(span => span.Kind == PacingKind.Quiet), span => Assert.True(span.SlotBytes <= Cap));
                // Without gaps, and with room for everything.
                Assert.Equal(TrafficSlot.Of(now), plan.Spans[0].FromSlot);
                for (var span = 1; span < plan.Spans.Length; span++) Assert.Equal(plan.Spans[span - 1].ToSlot, plan.Spans[span].FromSlot);
                Assert.True(plan.Spans.Sum(span => (span.ToSlot - span.FromSlot) * span.SlotBytes) >= left);
                Assert.True(plan.Spans[^1].SlotBytes >= Quiet);
                Assert.InRange(plan.LastSlot, plan.Spans[0].FromSlot, plan.Spans[^1].ToSlot);
            },
            iter: 5_000);
    }

    [Fact]
    public void What_can_end_in_time_is_planned_to()
    {
        Gen.Select(Gen.Int[0, 8_300], Gen.Int[0, 432], Gen.Long[0, 1_000 * GB], Gen.Long[0, 100 * GB]).Sample(
            (slot, used, bytes, daily) =>
            {
                var plan = Plan(With(slot, used, [Daily(slot, bytes)], daily), slot);
                if (bytes is 0 or > 282 * Burst) return;
                // A day that needs more credits than there are waits for a better estimate first: it is raised from its middle on.
                var sure = plan.NeededCredits <= 432 - used || plan.Reason is PacingReason.MonthOutOfReach or PacingReason.TodayOutOfReach;
                if (sure) Assert.True(plan.LastSlot < First + slot + 288);
            },
            iter: 3_000);
    }

    [Fact]
    public void More_work_never_needs_fewer_credits()
    {
        Gen.Select(Gen.Int[0, 8_000], Gen.Int[0, 100], Gen.Long[0, 100 * GB], Gen.Long[0, 50 * GB]).Sample((slot, used, bytes, more) =>
        {
            var less = Plan(With(slot, used, [Daily(slot, bytes)]), slot);
            var larger = Plan(With(slot, used, [Daily(slot, bytes + more)]), slot);
            Assert.True(larger.NeededCredits >= less.NeededCredits && larger.ReservedCredits == less.ReservedCredits);
        });
    }

    [Fact]
    public void A_paced_month_of_what_fits_stays_within_the_limit()
    {
        // Any days whose need together is within the credits, replanned at every slot.
        Gen.Select(Gen.Long[0, 95 * GB].Array[30], Gen.Int[0, 0]).Sample(
            (days, _) =>
            {
                if (days.Sum(day => PacingRule.Credits(day, 282, Policy)) > 400) return;
                var used = 0;
                for (var day = 0; day < 30; day++)
                {
                    var left = days[day];
                    var (usedBefore, sent) = (used, 0L);
                    for (var slot = day * 288; left > 0; slot++)
                    {
                        Assert.True(slot < (day + 1) * 288);
                        var situation = With(slot, used, [Daily(day * 288, left)]) with
                        {
                            LaterDays = [.. days.Skip(day + 1).Select((bytes, n) => new PacingDay(bytes, First + ((day + 1 + n) * 288)))],
                            DayUsedSlots = used - usedBefore,
                            DayBytes = sent,
                        };
                        var bytes = Math.Min(left, Plan(situation, slot).At(First + slot).SlotBytes);
                        (left, sent) = (left - bytes, sent + bytes);
                        if (bytes > Cap) used++;
                    }
                }

                Assert.True(used <= 432);
            },
            iter: 12);
    }
}
