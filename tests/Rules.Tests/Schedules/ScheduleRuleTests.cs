using BackupOnline.Rules.Schedules;
using NodaTime;
using NodaTime.Text;

namespace BackupOnline.Rules.Tests.Schedules;

public sealed class ScheduleRuleTests
{
    private static readonly DateTimeZone Paris = DateTimeZoneProviders.Tzdb["Europe/Paris"];

    [Theory]
    [InlineData("2026-05-01T19:59:59.999999999Z", "2026-05-01T20:00:00Z")]
    [InlineData("2026-05-01T20:00:00Z", "2026-05-02T20:00:00Z")]
    [InlineData("2026-05-01T20:00:00.000000001Z", "2026-05-02T20:00:00Z")]
    [InlineData("2026-12-31T21:00:00Z", "2027-01-01T21:00:00Z")]
    [InlineData("2028-02-28T21:00:00Z", "2028-02-29T21:00:00Z")]
    public void The_next_run_is_strictly_after(string after, string expected) => Assert.Equal(expected, Next(Daily(22, 0), after));

    [Theory]
    [InlineData(2, 0, "2026-03-29T01:00:00Z")]
    [InlineData(2, 30, "2026-03-29T01:00:00Z")]
    [InlineData(2, 59, "2026-03-29T01:00:00Z")]
    [InlineData(3, 0, "2026-03-29T01:00:00Z")]
    [InlineData(3, 1, "2026-03-29T01:01:00Z")]
    public void A_time_in_the_gap_of_spring_runs_at_the_first_instant_after_it(int hour, int minute, string expected) =>
        Assert.Equal(expected, Next(Daily(hour, minute), "2026-03-28T12:00:00Z"));

    [Theory]
    [InlineData(2, 0, "2026-10-25T00:00:00Z")]
    [InlineData(2, 59, "2026-10-25T00:59:00Z")]
    [InlineData(3, 0, "2026-10-25T02:00:00Z")]
    public void A_time_that_occurs_twice_in_autumn_runs_at_its_first_occurrence(int hour, int minute, string expected) =>
        Assert.Equal(expected, Next(Daily(hour, minute), "2026-10-24T12:00:00Z"));

    [Fact]
    public void Weekdays_are_those_of_the_zone()
    {
        var mondays = Daily(0, 30) with { Weekdays = IsoWeekdays.Of(1) };

        // Monday 00:30 in Paris is still Sunday in UTC.
        Assert.Equal("2026-05-03T22:30:00Z", Next(mondays, "2026-05-01T00:00:00Z"));
        Assert.Equal("2026-05-10T22:30:00Z", Next(mondays, "2026-05-03T22:30:00Z"));
    }

    [Fact]
    public void No_weekday_is_every_day_and_others_are_refused()
    {
        Assert.Equal(IsoWeekdays.All, IsoWeekdays.Of());
        Assert.Equal(IsoWeekdays.All, IsoWeekdays.Of(1, 2, 3, 4, 5, 6, 7, 7));
        Assert.Throws<ArgumentOutOfRangeException>(() => IsoWeekdays.Of(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => IsoWeekdays.Of(8));
    }

    [Fact]
    public void A_window_over_midnight_belongs_to_the_day_on_which_it_opens()
    {
        var fridays = Daily(23, 0) with { Weekdays = IsoWeekdays.Of(5), Window = Duration.FromHours(8) };

        foreach (var id in Enumerable.Range(0, 100).Select(i => $"vm/{i}"))
        {
            var due = ScheduleRule.NextAfter(fridays, id, Instant.FromUtc(2026, 5, 6, 0, 0))!.Value.InZone(Paris).LocalDateTime;
            Assert.InRange(due, new LocalDateTime(2026, 5, 8, 23, 0), new LocalDateTime(2026, 5, 9, 6, 59, 59));
        }
    }

    [Fact]
    public void A_zone_that_skips_a_day_runs_once_at_its_end()
    {
        // Samoa had no 30 December 2011.
        var apia = new ScheduleTiming.Daily(new(12, 0), DateTimeZoneProviders.Tzdb["Pacific/Apia"]);

        var runs = ScheduleRule.Upcoming(apia, "x", InstantPattern.ExtendedIso.Parse("2011-12-29T00:00:00Z").Value, 3).Select(InstantPattern.ExtendedIso.Format);

        Assert.Equal(["2011-12-29T22:00:00Z", "2011-12-30T10:00:00Z", "2011-12-30T22:00:00Z"], runs);
    }

    [Theory]
    [InlineData("2026-05-01T00:00:00Z", "2026-05-01T00:07:00Z")]
    [InlineData("2026-05-01T00:07:00Z", "2026-05-01T01:07:00Z")]
    [InlineData("2026-04-30T23:06:59Z", "2026-04-30T23:07:00Z")]
    [InlineData("2019-01-01T00:00:00Z", "2019-01-01T00:07:00Z")]
    public void A_period_counts_from_its_anchor_in_both_directions(string after, string expected) =>
        Assert.Equal(expected, Next(new ScheduleTiming.Every(Duration.FromHours(1), Instant.FromUtc(2026, 1, 1, 0, 7)), after));

    [Fact]
    public void A_period_without_anchor_lies_where_the_id_says_and_stays_there()
    {
        var hourly = new ScheduleTiming.Every(Duration.FromHours(1), null);
        var after = Instant.FromUtc(2026, 5, 1, 0, 0);

        var places = Enumerable.Range(0, 200).Select(i => ScheduleRule.NextAfter(hourly, $"scrub/{i}", after)!.Value).ToList();

        Assert.True(places.Distinct().Count() > 150);
        Assert.All(places, place => Assert.InRange(place - after, Duration.Epsilon, Duration.FromHours(1)));
        Assert.Equal(places[7] + Duration.FromHours(1), ScheduleRule.NextAfter(hourly, "scrub/7", places[7]));
        Assert.Throws<ArgumentOutOfRangeException>(() => ScheduleRule.NextAfter(new ScheduleTiming.Every(Duration.Zero, null), "x", after));
    }

    [Fact]
    public void Once_has_no_next()
    {
        Assert.Null(ScheduleRule.NextAfter(new ScheduleTiming.Once(), "x", Instant.MinValue));
        Assert.Empty(ScheduleRule.Upcoming(new ScheduleTiming.Once(), "x", Instant.MinValue, 3));
    }

    [Fact]
    public void A_week_that_was_missed_is_caught_up_by_one_run()
    {
        var due = Instant.FromUtc(2026, 5, 1, 20, 0);
        var now = due + Duration.FromDays(7) + Duration.FromMinutes(5);

        Assert.Equal(Instant.FromUtc(2026, 5, 9, 20, 0), ScheduleRule.NextAfterFiring(Daily(22, 0), "x", due, now));
    }

    [Fact]
    public void A_clock_that_was_set_back_does_not_make_the_same_run_due_again()
    {
        var due = Instant.FromUtc(2026, 5, 1, 20, 0);

        Assert.Equal(due + Duration.FromDays(1), ScheduleRule.NextAfterFiring(Daily(22, 0), "x", due, due - Duration.FromDays(30)));
    }

    private static ScheduleTiming.Daily Daily(int hour, int minute) => new(new(hour, minute), Paris);

    private static string Next(ScheduleTiming timing, string after) =>
        InstantPattern.ExtendedIso.Format(ScheduleRule.NextAfter(timing, "x", InstantPattern.ExtendedIso.Parse(after).Value)!.Value);
}
