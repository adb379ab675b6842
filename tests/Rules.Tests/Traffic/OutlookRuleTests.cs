using BackupOnline.Rules.Traffic;
using CsCheck;

namespace BackupOnline.Rules.Tests.Traffic;

public sealed class OutlookRuleTests
{
    private static readonly Gen<(long Bytes, long Count)[]> Runs = Gen.Select(Gen.Long[0, 400_000_000], Gen.Long[0, 200]).Array[0, 6];

    [Fact]
    public void A_credit_is_a_slot_strictly_above_the_limit()
    {
        var outlook = OutlookRule.Look(8640, 2880, [(187_500_000, 100), (187_500_001, 433)], [], 187_500_000);
        Assert.Equal((433, -1), (outlook.UsedBurstSamples, outlook.RemainingBurstSamples));
        Assert.Equal(187_500_001, outlook.LowerBoundBytes);
    }

    [Fact]
    public void Nothing_elapsed_is_nought() => Assert.Equal(0, OutlookRule.Look(8640, 0, [], [(5, 500)], 1).NaiveMonthToDateBytes);

    [Fact]
    public void The_lower_bound_never_falls_and_the_forecast_is_never_below_it() => Gen.Select(Runs, Runs).Sample((past, future) =>
    {
        var before = OutlookRule.Look(8640, 2000, past, future, 187_500_000);
        var after = OutlookRule.Look(8640, 4000, [.. past, .. future], [], 187_500_000);
        Assert.True(after.LowerBoundBytes >= before.LowerBoundBytes);
        Assert.True(before.ForecastBytes >= before.LowerBoundBytes);
        Assert.Equal(before.ForecastBytes, after.ForecastBytes);
    });

    [Fact]
    public void The_rest_of_the_month_repeats_the_last_week()
    {
        var known = new Dictionary<long, long> { [10] = 4, [2016] = 7, [2020] = 9, [4031] = 0 };
        Assert.Equal([(7L, 1L), (9, 1), (7, 1)], ExpectationRule.Future(known, 0, 4032, 4032 + 2016 + 3));
    }

    [Fact]
    public void With_less_than_a_week_it_repeats_the_last_day_and_with_less_than_a_day_nothing()
    {
        var known = new Dictionary<long, long> { [100] = 7 };
        Assert.Equal([(7L, 1L), (7, 1)], ExpectationRule.Future(known, 0, 300, 300 + 376 + 1));
        Assert.Empty(ExpectationRule.Future(known, 13, 300, 900));
        Assert.NotEmpty(ExpectationRule.Future(known, 12, 300, 900));
    }
}
