using BackupOnline.Rules.Traffic;
using CsCheck;

namespace BackupOnline.Rules.Tests.Traffic;

public sealed class FairShareRuleTests
{
    private static readonly Gen<WholeFlow[]> Flows = Gen.Select(Gen.Int[1, 16], Gen.Long[0, 1000]).Select((weight, demand) => new WholeFlow(weight, demand)).Array[0, 12];

    [Fact]
    public void Of_those_who_get_less_than_they_ask_each_has_the_same_rate_per_weight() => Gen.Select(Gen.Long[0, 5000], Flows).Sample((capacity, flows) =>
    {
        var rates = FairShareRule.Divide((Fraction)capacity, [.. flows.Select(flow => new ShareFlow(flow.Weight, flow.Demand))]);
        var sum = rates.Aggregate(Fraction.Zero, (total, rate) => total + rate);
        Assert.Equal(Math.Min(capacity, flows.Sum(flow => flow.Demand)), sum);
        var levels = flows.Zip(rates).Where(pair => pair.Second < pair.First.Demand).Select(pair => pair.Second / pair.First.Weight).Distinct().ToList();
        Assert.True(levels.Count <= 1);
        Assert.All(flows.Zip(rates), pair => Assert.True(pair.Second <= pair.First.Demand && pair.Second >= 0));
        if (levels is [var level]) Assert.All(flows.Zip(rates), pair => Assert.True(pair.Second / pair.First.Weight <= level));
    });

    [Fact]
    public void Whole_rates_are_the_exact_ones_rounded_down() => Gen.Select(Gen.Long[0, 5000], Flows).Sample((capacity, flows) =>
    {
        var exact = FairShareRule.Divide((Fraction)capacity, [.. flows.Select(flow => new ShareFlow(flow.Weight, flow.Demand))]);
        Assert.Equal(exact.Select(rate => (long)rate.Floor), FairShareRule.Divide(capacity, flows));
    });

    [Fact]
    public void Rates_as_large_as_a_long_do_not_overflow() =>
        Assert.Equal([long.MaxValue / 2, long.MaxValue / 2], FairShareRule.Divide(long.MaxValue, [new(16, long.MaxValue), new(16, long.MaxValue)]));

    [Fact]
    public void Nonsense_is_refused()
    {
        Assert.Throws<ArgumentException>(() => FairShareRule.Divide(-1L, [new WholeFlow(1, 1)]));
        Assert.Throws<ArgumentException>(() => FairShareRule.Divide(1L, [new WholeFlow(0, 1)]));
        Assert.Throws<ArgumentException>(() => FairShareRule.Divide(1L, [new WholeFlow(1, -1)]));
        Assert.Throws<ArgumentException>(() => FairShareRule.Divide((Fraction)1, [new ShareFlow(0, 1)]));
    }
}
