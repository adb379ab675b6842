using BackupOnline.Rules.Availability;
using NodaTime;

namespace BackupOnline.Rules.Tests.Availability;

public sealed class AvailabilityRuleTests
{
    private static readonly DateTimeZone Paris = DateTimeZoneProviders.Tzdb["Europe/Paris"];
    private static readonly YearMonth April = new(2026, 4);

    [Theory]
    [InlineData(25_920, 0)]
    [InlineData(25_921, 129_605)]
    public void Exactly_one_per_cent_credits_nothing_and_one_second_more_five_times_all_of_it(int downSeconds, long creditSeconds) =>
        Assert.Equal(creditSeconds, Evaluate(downSeconds, SlaPolicy.Default).CreditSeconds);

    [Theory]
    [InlineData(259_200, false)]
    [InlineData(259_201, true)]
    public void Exactly_ninety_per_cent_is_kept_and_one_second_less_is_not(int downSeconds, bool below) =>
        Assert.Equal(below, Evaluate(downSeconds, SlaPolicy.Default).BelowCommitment);

    [Theory]
    [InlineData(285_120, 0)]
    [InlineData(285_121, 1_425_605)]
    public void The_other_reading_of_the_trigger_is_a_setting(int downSeconds, long creditSeconds) =>
        Assert.Equal(creditSeconds, Evaluate(downSeconds, new() { TriggerPercent = 11 }).CreditSeconds);

    [Fact]
    public void Factor_and_commitment_are_settings_too()
    {
        var month = Evaluate(30_000, new() { CreditFactor = 2, CommitmentPercent = 99 });

        Assert.Equal((60_000L, true), (month.CreditSeconds, month.BelowCommitment));
    }

    [Fact]
    public void A_month_is_counted_by_its_zone_with_the_hours_that_it_has()
    {
        var march = AvailabilityRule.Evaluate(new(2026, 3), new(null, null), [], SlaPolicy.Default, Paris);

        Assert.Equal(((31 * 24) - 1) * 3_600, march.ActiveSeconds);
        Assert.Equal(Instant.FromUtc(2026, 3, 31, 22, 0), march.SealedAt);
        Assert.Equal((0L, 0L, 100m), (march.DownSeconds, march.CreditSeconds, march.Percent));
    }

    [Fact]
    public void A_month_in_which_nothing_ran_is_empty_and_not_down()
    {
        var running = new Interval(Instant.FromUtc(2026, 5, 1, 0, 0), null);
        var month = AvailabilityRule.Evaluate(April, running, [CivilMonth.In(April, Paris)], SlaPolicy.Default, Paris);

        Assert.Equal((0L, 0L, 0L, false, 100m), (month.ActiveSeconds, month.DownSeconds, month.CreditSeconds, month.BelowCommitment, month.Percent));
    }

    [Fact]
    public void Per_cent_are_rounded_to_four_decimals() => Assert.Equal(93.3333m, Evaluate(172_800, SlaPolicy.Default).Percent);

    [Theory]
    [InlineData("2026-03-31T21:59:59", 3)]
    [InlineData("2026-03-31T22:00:00", 4)]
    public void A_month_begins_at_its_local_midnight(string utc, int month) =>
        Assert.Equal(new YearMonth(2026, month), CivilMonth.Of(NodaTime.Text.LocalDateTimePattern.GeneralIso.Parse(utc).Value.InUtc().ToInstant(), Paris));

    private static MonthAvailability Evaluate(int downSeconds, SlaPolicy policy)
    {
        var start = Instant.FromUtc(2026, 4, 5, 0, 0);
        return AvailabilityRule.Evaluate(April, new(Instant.FromUtc(2026, 1, 15, 10, 0), null), [new(start, start + Duration.FromSeconds(downSeconds))], policy, Paris);
    }
}
