using BackupOnline.Rules.Traffic;
using CsCheck;

namespace BackupOnline.Rules.Tests.Traffic;

public sealed class PercentileRuleTests
{
    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(1, 1, 0)]
    [InlineData(19, 19, 0)]
    [InlineData(20, 19, 1)]
    [InlineData(21, 20, 1)]
    [InlineData(8640, 8208, 432)]
    [InlineData(int.MaxValue, 2040109465, 107374182)]
    public void Rank_and_free_samples_are_whole_numbers(int samples, int rank, int free)
    {
        Assert.Equal(rank, PercentileRule.Rank(samples));
        Assert.Equal(free, PercentileRule.FreeSamples(samples));
    }

    [Theory]
    [InlineData(432, 0)]
    [InlineData(433, 5)]
    public void The_allowance_of_a_month_is_exactly_its_free_samples(int busy, long expected) =>
        Assert.Equal(expected, PercentileRule.OfRuns([(5, busy)], 8640));

    [Fact]
    public void No_sample_has_the_percentile_nought() => Assert.Equal(0, PercentileRule.Of([], 0));

    [Fact]
    public void Rank_and_free_samples_say_the_same() =>
        Gen.Int[1, 20_000].Sample(n => Assert.Equal(n, PercentileRule.Rank(n) + PercentileRule.FreeSamples(n)));

    [Fact]
    public void It_is_the_sample_at_the_rank_of_the_sorted_month() => Gen.Select(Gen.Long[0, 50].Array[1, 200], Gen.Int[0, 60]).Sample((values, missing) =>
    {
        var all = values.Concat(new long[missing]).Order().ToList();
        Assert.Equal(all[PercentileRule.Rank(all.Count) - 1], PercentileRule.Of(values, all.Count));
    });

    [Fact]
    public void At_least_95_of_100_samples_do_not_exceed_it() => Gen.Long[0, 1_000_000].Array[1, 300].Sample(values =>
    {
        var p95 = PercentileRule.Of(values, values.Length);
        Assert.True(values.Count(value => value <= p95) * 100 >= values.Length * 95);
        Assert.True(p95 == values.Min() || values.Count(value => value < p95) * 100 < values.Length * 95);
    });
}
