using BackupOnline.Rules.Traffic;
using CsCheck;
using NodaTime;

namespace BackupOnline.Rules.Tests.Traffic;

public sealed class MonthRuleTests
{
    private const long Limit = 187_500_000;

    private static readonly MeteringMonth April = MeteringMonth.Of(new(2026, 4), DateTimeZoneProviders.Tzdb["Europe/Paris"]);

    private static readonly Gen<Dictionary<long, SlotBytes>> Samples =
        Gen.Select(Gen.Long[-20, 8660], Gen.OneOf(Gen.Long[0, 4], Gen.Long[0, 3_750_000_000]), Gen.Long[0, 400_000_000])
            .Array[0, 900].Select(all => all.DistinctBy(s => s.Item1).ToDictionary(s => April.FirstSlot + s.Item1, s => new SlotBytes(s.Item2, s.Item3)));

    [Theory]
    [InlineData(432, 3_750_000_000, 0, false)]
    [InlineData(433, Limit, Limit, false)]
    [InlineData(433, Limit + 1, Limit + 1, true)]
    public void The_limit_is_exceeded_strictly_above_it(int busy, long bytes, long p95, bool exceeded)
    {
        var measure = Measure(Enumerable.Range(0, busy).ToDictionary(i => April.FirstSlot + i, _ => new SlotBytes(bytes, 0)));
        Assert.Equal((p95, exceeded), (measure.P95Bytes, measure.Exceeded));
    }

    [Fact]
    public void A_month_without_a_sample_is_a_valid_month_of_noughts()
    {
        var measure = Measure([]);
        Assert.Equal((8640, 8208, 432, 0L, false), (measure.Samples, measure.Rank, measure.FreeSamples, measure.P95Bytes, measure.Exceeded));
        Assert.Null(measure.Deciding);
        Assert.Empty(measure.Top);
        Assert.Equal(PercentileBasis.In, measure.Series);
    }

    [Fact]
    public void Equal_slots_are_ranked_by_time_and_the_deciding_one_follows_the_free_ones()
    {
        var measure = Measure(Enumerable.Range(0, 500).ToDictionary(i => April.EndSlot - 1 - i, _ => new SlotBytes(9, 0)));
        Assert.Equal(433, measure.Top.Length);
        Assert.Equal(new RankedSlot(April.EndSlot - 500, 9), measure.Top[0]);
        Assert.Equal(new RankedSlot(April.EndSlot - 500 + 432, 9), measure.Deciding);
    }

    [Theory]
    [InlineData(PercentileBasis.HigherOfInOut, PercentileBasis.Out, 3, 500, 2_500)]
    [InlineData(PercentileBasis.In, PercentileBasis.In, 2, 500, 1_000)]
    [InlineData(PercentileBasis.Out, PercentileBasis.Out, 3, 500, 2_500)]
    [InlineData(PercentileBasis.Sum, PercentileBasis.Sum, 5, 500, 3_500)]
    [InlineData(PercentileBasis.MaxPerSlot, PercentileBasis.MaxPerSlot, 3, 500, 2_500)]
    public void The_basis_chooses_the_series_that_counts(PercentileBasis basis, PercentileBasis series, long p95, int over, long volume)
    {
        var samples = Enumerable.Range(0, 500).ToDictionary(i => April.FirstSlot + i, i => new SlotBytes(2, i < 500 - 250 ? 3 : 7));
        var measure = MonthRule.Measure(MeteringWindow.Of(April), samples, TrafficPolicy.Default with { Basis = basis, LimitKbps = 0 });
        Assert.Equal((series, p95, over, volume), (measure.Series, measure.P95Bytes, measure.SamplesOverCap, measure.VolumeBytes));
    }

    [Fact]
    public void Gaps_and_inactive_slots_leave_the_month_where_the_policy_says_so()
    {
        SlotRange active = new(April.FirstSlot - 5, April.FirstSlot + 100);
        SlotRange[] gaps = [new(April.FirstSlot + 90, April.FirstSlot + 110), new(April.FirstSlot + 80, April.FirstSlot + 95)];
        Assert.Equal(100, MeteringWindow.Of(April, active, MissingSamples.Zero, gaps).Samples);
        var window = MeteringWindow.Of(April, active, MissingSamples.Drop, gaps);
        Assert.Equal(80, window.Samples);
        Assert.True(window.Holds(April.FirstSlot + 79));
        Assert.False(window.Holds(April.FirstSlot + 80) || window.Holds(April.FirstSlot + 100) || window.Holds(April.FirstSlot - 1));
        Assert.Equal(0, MeteringWindow.Of(April, new(April.EndSlot, April.EndSlot + 9)).Samples);
    }

    [Fact]
    public void The_measure_is_what_sorting_the_whole_month_gives() => Samples.Sample(
        samples =>
        {
            var measure = Measure(samples);
            var month = Enumerable.Range(0, April.Samples).Select(i => samples.GetValueOrDefault(April.FirstSlot + i)).ToList();
            long At(Func<SlotBytes, long> value) => month.Select(value).Order().ElementAt(8207);
            Assert.Equal(At(s => s.InBytes), measure.P95InBytes);
            Assert.Equal(At(s => s.OutBytes), measure.P95OutBytes);
            Assert.Equal(At(s => s.InBytes + s.OutBytes), measure.P95SumBytes);
            Assert.Equal(At(s => Math.Max(s.InBytes, s.OutBytes)), measure.P95MaxBytes);
            Assert.Equal(Math.Max(measure.P95InBytes, measure.P95OutBytes), measure.P95Bytes);
            Assert.Equal(month.Sum(s => s.InBytes), measure.TotalInBytes);
            Assert.Equal(month.Sum(s => s.OutBytes), measure.TotalOutBytes);
            Assert.Equal(month.Count(s => !s.IsZero), measure.BusySlots);
            Assert.Equal(month.Count(s => (measure.Series == PercentileBasis.Out ? s.OutBytes : s.InBytes) > Limit), measure.SamplesOverCap);
        },
        iter: 200);

    private static MonthMeasure Measure(Dictionary<long, SlotBytes> samples) => MonthRule.Measure(MeteringWindow.Of(April), samples, TrafficPolicy.Default);
}
