using BackupOnline.Rules.Traffic;
using CsCheck;
using NodaTime;
using static BackupOnline.Rules.Tests.Traffic.PacingCase;

namespace BackupOnline.Rules.Tests.Traffic;

public sealed class PacingOutlookTests
{
    private static readonly PacingPolicy Policy = PacingPolicy.Default;

    [Fact]
    public void An_idle_month_ends_at_zero()
    {
        Assert.Equal(new PacingMonthOutlook(0, 0, 0, 432), PacingOutlook.Expect(With(0, 0, []), [], At(0), Policy));
    }

    [Fact]
    public void Days_that_fit_quietly_cost_nothing()
    {
        Assert.Equal(new PacingMonthOutlook(Quiet, 7, 0, 425), PacingOutlook.Expect(With(0, 7, [], 52 * GB), [(Burst, 7)], At(0), Policy));
    }

    [Fact]
    public void Days_that_need_credits_take_them()
    {
        // 60 GB: two bursts a day, on 29 days.
        Assert.Equal(new PacingMonthOutlook(Quiet, 100, 58, 274), PacingOutlook.Expect(With(0, 100, [], 60 * GB), [(Burst, 100)], At(0), Policy));
    }

    [Fact]
    public void A_month_out_of_reach_ends_at_its_even_level()
    {
        var outlook = PacingOutlook.Expect(With(0, 0, [], 150 * GB), [], At(0), Policy);

        Assert.True(outlook.CreditsLeft < 0);
        Assert.Equal(((29 * 150 * GB) - (432 * Burst) + 8_206) / 8_207, outlook.PercentileBytes);
        Assert.Equal(5 * Cap, PacingOutlook.Expect(With(0, 433, []), [(5 * Cap, 433)], At(0), Policy).PercentileBytes);
    }

    [Fact]
    public void The_last_day_counts_with_the_part_that_lies_in_the_month()
    {
        var situation = With(0, 0, []) with { LaterDays = [new PacingDay(288 * GB, End - 72)] };

        // 72 GB in 72 slots.
        Assert.Equal(17, PacingOutlook.Expect(situation, [], At(0), Policy).CreditsExpected);
    }

    [Fact]
    public void A_job_at_two_in_the_morning_is_told_before_it_runs()
    {
        var answer = PacingOutlook.WhatIf(With(0, 0, [], 40 * GB), [], At(0), 30 * GB, First + 24, Policy);

        Assert.Equal(new PacingMonthOutlook(Quiet, 0, 0, 432), answer.Without);
        Assert.Equal((8, First + 24 + 7), (answer.Paced.Credits, answer.Paced.LastSlot));
        Assert.Equal(new PacingJobOutlook(8, First + 24 + 7, new PacingMonthOutlook(Quiet, 0, 8, 424)), answer.AtOnce);
        Assert.Equal(PacingReason.SpareCredits, answer.Plan.Reason);
    }

    [Fact]
    public void Sent_at_once_a_large_job_costs_what_its_plan_spares()
    {
        var answer = PacingOutlook.WhatIf(With(2_880, 425, []), [(Burst, 425)], At(2_880), 40 * GB, First + 2_880, Policy);

        Assert.Equal((0, Quiet), (answer.Paced.Credits, answer.Paced.Month.PercentileBytes));
        Assert.Equal(11, answer.AtOnce.Credits);
        Assert.Equal((-4, Burst), (answer.AtOnce.Month.CreditsLeft, answer.AtOnce.Month.PercentileBytes));
        Assert.True(answer.Paced.LastSlot > answer.AtOnce.LastSlot);
    }

    [Fact]
    public void A_job_in_the_present_slot_goes_on_from_where_the_slot_is()
    {
        var situation = With(10, 1, []) with { PresentSlotBytes = 2 * Cap };

        Assert.Equal(PacingKind.Burst, PacingOutlook.WhatIf(situation, [(2 * Cap, 1)], At(10) + Duration.FromSeconds(60), GB, First + 10, Policy).Plan.Spans[0].Kind);
    }

    [Fact]
    public void Over_the_months_end_only_this_months_slots_count()
    {
        var answer = PacingOutlook.WhatIf(With(0, 0, []), [], At(0), 100 * GB, End - 4, Policy);

        Assert.Equal(4, answer.AtOnce.Credits);
        Assert.Equal(End - 4 + 26, answer.AtOnce.LastSlot);
    }

    [Theory]
    [InlineData(-1, 100)]
    [InlineData(1, 99)]
    [InlineData(1, 8_640)]
    public void A_start_outside_the_rest_of_the_month_or_a_negative_size_is_refused(long bytes, int start)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => PacingOutlook.WhatIf(With(100, 0, []), [], At(100), bytes, First + start, Policy));
    }

    [Fact]
    public void A_larger_job_never_makes_the_month_look_better()
    {
        Gen.Select(Gen.Int[0, 8_000], Gen.Int[0, 432], Gen.Long[0, 100 * GB], Gen.Long[0, 300 * GB]).Sample(
            (slot, used, daily, bytes) =>
            {
                var answer = PacingOutlook.WhatIf(With(slot, used, [], daily), [(Burst, used)], At(slot), bytes, First + slot + 10, Policy);
                Assert.True(answer.AtOnce.Month.PercentileBytes >= answer.Without.PercentileBytes);
                Assert.True(answer.Paced.Month.CreditsLeft <= answer.Without.CreditsLeft);
                Assert.True(answer.Paced.LastSlot >= answer.AtOnce.LastSlot || answer.Plan.Reason == PacingReason.NothingToSend);
            },
            iter: 1_000);
    }
}
