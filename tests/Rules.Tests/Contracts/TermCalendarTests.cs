using BackupOnline.Rules.Availability;
using BackupOnline.Rules.Contracts;
using CsCheck;
using NodaTime;

namespace BackupOnline.Rules.Tests.Contracts;

public sealed class TermCalendarTests
{
    private static readonly ContractPolicy Policy = ContractPolicy.Default;

    private static readonly Gen<Instant> Firsts = Gen.Long[0, 4L * 366 * 86_400].Select(seconds => Instant.FromUtc(2026, 1, 1, 0, 0) + Duration.FromSeconds(seconds));

    private static readonly Gen<TermCredit[]> CreditLists = Gen.Select(Gen.Int[0, 60], Gen.Long[1, 40 * 86_400L])
        .Select((month, seconds) => Credit(new YearMonth(2026, 1).PlusMonths(month), seconds)).Array[0, 8];

    [Theory]
    [InlineData(31, 1, new[] { "2026-04-30", "2026-07-31", "2026-10-31", "2027-01-31", "2027-04-30" })]
    [InlineData(30, 11, new[] { "2027-02-28", "2027-05-30", "2027-08-30", "2027-11-30", "2028-02-29" })]
    public void Boundaries_are_counted_from_the_anchor_and_never_chained(int day, int month, string[] boundaries)
    {
        var calendar = new TermCalendar(Life.Paris(2026, month, day, 11), Policy, []);

        Assert.Equal(boundaries, Enumerable.Range(1, 5).Select(k => NodaTime.Text.LocalDatePattern.Iso.Format(calendar.Boundary(k))));
    }

    [Theory]
    [InlineData(1, "2026-03-31")]
    [InlineData(2, "2026-04-01")]
    public void The_anchor_is_the_civil_date_of_the_payment_in_paris(int utcHoursBack, string anchor)
    {
        // 2026-04-01T00:00 in Paris is 22:00 UTC of the day before.
        var first = Life.Paris(2026, 4, 1) + Duration.FromHours(utcHoursBack - 2);

        Assert.Equal(anchor, NodaTime.Text.LocalDatePattern.Iso.Format(new TermCalendar(first, Policy, []).AnchorDate));
    }

    [Fact]
    public void A_credit_that_moves_the_end_into_a_later_month_brings_in_that_months_credits()
    {
        // 10-14 February is four days, 20 April is one: five times as much is 20 and 5 days.
        var calendar = new TermCalendar(Life.Paris(2026, 1, 15, 11), Policy, [Credit(new(2026, 4), 5 * 86_400), Credit(new(2026, 2), 20 * 86_400)]);

        Assert.Equal(new TermEnd(Life.Paris(2026, 5, 10), 2_160_000), calendar.End(1));
    }

    [Theory]
    [InlineData(0, 15)]
    [InlineData(1, 16)]
    [InlineData(86_400, 16)]
    [InlineData(86_401, 17)]
    public void An_end_is_filled_up_to_the_next_local_midnight(long seconds, int day)
    {
        var calendar = new TermCalendar(Life.Paris(2026, 1, 15, 11), Policy, [Credit(new(2026, 2), seconds)]);

        Assert.Equal(Life.Paris(2026, 4, day), calendar.End(1).At);
    }

    [Fact]
    public void A_credit_of_a_month_that_ends_at_the_very_end_counts_and_a_later_one_waits_for_the_next()
    {
        var calendar = new TermCalendar(Life.Paris(2026, 1, 1), Policy, [Credit(new(2026, 3), 86_400), Credit(new(2026, 4), 86_400)]);

        Assert.Equal(new TermEnd(Life.Paris(2026, 4, 2), 86_400), calendar.End(1));
        Assert.Equal(new TermEnd(Life.Paris(2026, 7, 3), 172_800), calendar.End(2));
        Assert.Equal(Life.Paris(2026, 4, 2), calendar.Period(2).Start);
    }

    [Fact]
    public void The_last_period_counts_the_credits_of_every_month_that_it_touches()
    {
        TermCredit[] credits = [Credit(new(2026, 4), 432_000), Credit(new(2026, 5), 999_999)];
        var calendar = new TermCalendar(Life.Paris(2026, 1, 15, 11), Policy, credits);

        Assert.Equal(new TermEnd(Life.Paris(2026, 4, 15), 0), calendar.End(1));
        Assert.Equal(new TermEnd(Life.Paris(2026, 4, 20), 432_000), calendar.LastEnd(1));
        Assert.Equal(new LocalDate(2026, 4, 20), calendar.Period(1, isLast: true).EndDate);
    }

    [Fact]
    public void A_month_that_begins_at_the_very_end_is_not_touched_by_the_last_period()
    {
        var calendar = new TermCalendar(Life.Paris(2026, 1, 1), Policy, [Credit(new(2026, 4), 86_400)]);

        Assert.Equal(Life.Paris(2026, 4, 1), calendar.LastEnd(1).At);
    }

    [Fact]
    public void A_late_correction_of_a_month_counts_for_the_last_period_and_for_no_end_before_it()
    {
        var correction = new TermCredit(new(2026, 2), 86_400, Life.Paris(2026, 6, 1));
        var calendar = new TermCalendar(Life.Paris(2026, 1, 15, 11), Policy, [correction]);

        Assert.Equal(Life.Paris(2026, 4, 15), calendar.End(1).At);
        Assert.Equal(Life.Paris(2026, 4, 16), calendar.LastEnd(1).At);
        Assert.Equal(Life.Paris(2026, 7, 16), calendar.End(2).At);
    }

    [Fact]
    public void An_instant_belongs_to_the_period_that_begins_with_it()
    {
        var calendar = new TermCalendar(Life.Paris(2026, 1, 31, 11), Policy, []);

        Assert.Equal(1, calendar.IndexAt(Life.Paris(2020, 1, 1)));
        Assert.Equal(1, calendar.IndexAt(Life.Paris(2026, 4, 30) - Duration.Epsilon));
        Assert.Equal(2, calendar.IndexAt(Life.Paris(2026, 4, 30)));
        Assert.Equal(3, calendar.IndexAt(Life.Paris(2026, 7, 31)));
    }

    [Fact]
    public void A_midnight_that_does_not_exist_is_the_first_instant_of_its_day()
    {
        // Beirut skipped 00:00-01:00 of 27 March 2022.
        var policy = Policy with { Zone = DateTimeZoneProviders.Tzdb["Asia/Beirut"] };
        var calendar = new TermCalendar(Instant.FromUtc(2021, 12, 27, 10, 0), policy, []);

        Assert.Equal(Instant.FromUtc(2022, 3, 26, 22, 0), calendar.End(1).At);
        Assert.Equal(new LocalDate(2022, 3, 27), calendar.Period(1).EndDate);
    }

    [Fact]
    public void Periods_follow_each_other_without_gap_and_every_instant_finds_its_own()
    {
        Gen.Select(Firsts, CreditLists, Gen.Int[1, 40]).Sample(
            (first, credits, index) =>
            {
                var calendar = new TermCalendar(first, Policy, credits);
                var (period, next) = (calendar.Period(index), calendar.Period(index + 1));
                Assert.Equal(period.End, next.Start);
                Assert.True(period.Start < period.End && period.End >= period.NominalEnd);
                Assert.Equal(calendar.AnchorDate.PlusMonths(3 * index), period.NominalEndDate);
                Assert.Equal(LocalTime.Midnight, period.End.InZone(Policy.Zone).TimeOfDay);
                Assert.Equal(index, calendar.IndexAt(period.Start));
                Assert.Equal(index, calendar.IndexAt(period.End - Duration.Epsilon));
                Assert.Equal(index + 1, calendar.IndexAt(period.End));
            },
            iter: 1_000);
    }

    [Fact]
    public void The_order_of_credits_is_irrelevant_and_one_more_never_shortens_the_term()
    {
        Gen.Select(Firsts, CreditLists, Gen.Int[1, 20]).Sample(
            (first, credits, index) =>
            {
                var calendar = new TermCalendar(first, Policy, credits);
                Assert.Equal(calendar.End(index), new TermCalendar(first, Policy, credits.Reverse()).End(index));
                Assert.True(calendar.LastEnd(index).At >= calendar.End(index).At);
                if (credits.Length > 0) Assert.True(new TermCalendar(first, Policy, credits[1..]).End(index).At <= calendar.End(index).At);
            },
            iter: 1_000);
    }

    [Fact]
    public void The_end_is_the_least_one_that_the_rule_allows()
    {
        Gen.Select(Firsts, CreditLists, Gen.Int[1, 8]).Sample(
            (first, credits, index) =>
            {
                var calendar = new TermCalendar(first, Policy, credits);

                // The definition, tried day by day.
                var day = calendar.Boundary(index);
                while (true)
                {
                    var midnight = Policy.Zone.AtStartOfDay(day).ToInstant();
                    var owed = Policy.Zone.AtStartOfDay(calendar.Boundary(index)).ToInstant()
                        + Duration.FromSeconds(credits.Where(credit => credit.CountsFrom <= midnight).Sum(credit => credit.Seconds));
                    if (owed <= midnight) break;
                    day = day.PlusDays(1);
                }

                Assert.Equal(day, calendar.Period(index).EndDate);
            },
            iter: 300);
    }

    private static TermCredit Credit(YearMonth month, long seconds) => new(month, seconds, CivilMonth.In(month, Policy.Zone).End);
}
