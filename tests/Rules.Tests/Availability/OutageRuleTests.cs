using BackupOnline.Rules.Availability;
using CsCheck;
using NodaTime;

namespace BackupOnline.Rules.Tests.Availability;

public sealed class OutageRuleTests
{
    private static readonly Instant Zero = Instant.FromUtc(2026, 4, 20, 0, 0);
    private static readonly Interval Always = new(null, null);

    [Theory]
    [InlineData(OutageCause.Ours, true)]
    [InlineData(OutageCause.Customer, false)]
    [InlineData(OutageCause.Internet, false)]
    [InlineData(OutageCause.ForceMajeure, false)]
    public void The_provider_answers_for_its_own_side_only(OutageCause cause, bool answers) => Assert.Equal(answers, OutageRule.IsAttributable(cause));

    [Fact]
    public void Overlapping_and_touching_outages_become_one_and_apart_ones_stay_apart() =>
        Assert.Equal([Span(0, 9), Span(10, 12)], OutageRule.Union([Span(8, 9), Span(4, 8), Span(0, 5), Span(10, 12), Span(1, 2)], Always));

    [Fact]
    public void What_lies_outside_the_window_is_cut_off_and_what_only_touches_it_is_nothing() =>
        Assert.Equal([Span(10, 12), Span(18, 20)], OutageRule.Union([Span(0, 10), Span(5, 12), Span(18, 30), Span(20, 25)], Span(10, 20)));

    [Theory]
    [InlineData(0, 999, 0)]
    [InlineData(1, 0, 1)]
    [InlineData(1, 999, 1)]
    public void Parts_of_a_second_are_cut_off(int seconds, int milliseconds, long whole) =>
        Assert.Equal(whole, OutageRule.WholeSeconds(Duration.FromSeconds(seconds) + Duration.FromMilliseconds(milliseconds)));

    [Fact]
    public void Parts_of_a_second_are_cut_off_once_from_the_sum()
    {
        var half = Duration.FromMilliseconds(500);
        Assert.Equal(1, OutageRule.WholeSeconds([new(Zero, Zero + half), new(Zero + half + half, Zero + half + half + half)]));
    }

    [Fact]
    public void The_union_is_what_a_minute_by_minute_count_says()
    {
        Gen.Select(Gen.Select(Gen.Int[0, 120], Gen.Int[1, 40]).Array[0, 12], Gen.Int[0, 60], Gen.Int[60, 140]).Sample(
            (outages, from, to) =>
            {
                var union = OutageRule.Union(outages.Select(o => Span(o.Item1, o.Item1 + o.Item2)), Span(from, to));
                var minutes = Enumerable.Range(from, to - from).Count(m => outages.Any(o => o.Item1 <= m && m < o.Item1 + o.Item2));
                Assert.Equal(minutes * 60L, OutageRule.WholeSeconds(union));
                Assert.All(union, span => Assert.True(span.Start < span.End));
                Assert.All(union.Zip(union.Skip(1)), pair => Assert.True(pair.First.End < pair.Second.Start));
            },
            iter: 2_000);
    }

    private static Interval Span(int fromMinute, int toMinute) => new(Zero + Duration.FromMinutes(fromMinute), Zero + Duration.FromMinutes(toMinute));
}
