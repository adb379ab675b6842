using BackupOnline.Rules.Traffic;
using NodaTime;

namespace BackupOnline.Rules.Tests.Traffic;

public sealed class ForecastRuleTests
{
    private static readonly MeteringMonth April = MeteringMonth.Of(new(2026, 4), DateTimeZoneProviders.Tzdb["Europe/Paris"]);

    [Fact]
    public void A_daily_burst_that_was_kept_up_for_a_week_is_expected_to_go_on()
    {
        // 20 slots a day: 600 in the month, of which 432 are free.
        var known = Days(-7, 10, 20, new(300_000_000, 1_000));
        var forecast = ForecastRule.Look(April, known, April.FirstSlot - 2016, April.FirstSlot + (10 * 288) - 1, TrafficPolicy.Default);
        Assert.Equal(new MonthForecast(300_000_000, 300_000_000, 600 * 300_000_000L), forecast);
    }

    [Fact]
    public void Another_basis_looks_at_its_own_series()
    {
        var known = Days(0, 10, 20, new(200, 100));
        var forecast = ForecastRule.Look(April, known, April.FirstSlot, April.FirstSlot + (10 * 288) - 1, TrafficPolicy.Default with { Basis = PercentileBasis.Sum });
        Assert.Equal(new MonthForecast(300, 300, 600 * 300), forecast);
    }

    [Fact]
    public void After_the_month_there_is_nothing_to_expect()
    {
        var known = Days(0, 35, 5, new(9, 70));
        var forecast = ForecastRule.Look(April, known, April.FirstSlot, April.EndSlot + 900, TrafficPolicy.Default);
        Assert.Equal(new MonthForecast(0, 0, 30 * 5 * 70), forecast);
    }

    [Theory]
    [InlineData(PercentileBasis.In, 3)]
    [InlineData(PercentileBasis.Out, 7)]
    [InlineData(PercentileBasis.Sum, 10)]
    [InlineData(PercentileBasis.MaxPerSlot, 7)]
    public void A_slot_has_one_value_in_each_series(PercentileBasis series, long value) => Assert.Equal(value, new SlotBytes(3, 7).Of(series));

    [Fact]
    public void Two_series_are_no_single_value() => Assert.Throws<ArgumentOutOfRangeException>(() => default(SlotBytes).Of(PercentileBasis.HigherOfInOut));

    private static Dictionary<long, SlotBytes> Days(int from, int to, int slots, SlotBytes bytes) =>
        Enumerable.Range(from, to - from).SelectMany(day => Enumerable.Range(0, slots).Select(i => April.FirstSlot + (day * 288L) + i)).ToDictionary(slot => slot, _ => bytes);
}
