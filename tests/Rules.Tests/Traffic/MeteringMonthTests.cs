using BackupOnline.Rules.Traffic;
using CsCheck;
using NodaTime;

namespace BackupOnline.Rules.Tests.Traffic;

public sealed class MeteringMonthTests
{
    private static readonly DateTimeZone Paris = DateTimeZoneProviders.Tzdb["Europe/Paris"];

    [Theory]
    [InlineData(2026, 2, 8064)]
    [InlineData(2028, 2, 8352)]
    [InlineData(2026, 3, 8916)]
    [InlineData(2026, 4, 8640)]
    [InlineData(2026, 10, 8940)]
    [InlineData(2026, 12, 8928)]
    public void Every_slot_of_the_month_counts(int year, int month, int samples) => Assert.Equal(samples, Of(year, month).Samples);

    [Fact]
    public void The_start_belongs_to_the_month_and_the_end_to_the_next()
    {
        var april = Of(2026, 4);
        Assert.Equal(Instant.FromUtc(2026, 3, 31, 22, 0), april.Start);
        Assert.Equal(april.Month, MeteringMonth.At(april.Start, Paris).Month);
        Assert.Equal(april.Next, MeteringMonth.At(april.End, Paris));
        Assert.Equal(april, MeteringMonth.At(april.End - Duration.Epsilon, Paris));
        Assert.True(april.Holds(april.FirstSlot) && april.Holds(april.EndSlot - 1));
        Assert.False(april.Holds(april.FirstSlot - 1) || april.Holds(april.EndSlot));
    }

    [Fact]
    public void A_slot_that_runs_has_not_elapsed()
    {
        var april = Of(2026, 4);
        Assert.Equal(0, april.ElapsedAt(april.Start - Duration.FromDays(5)));
        Assert.Equal(0, april.ElapsedAt(april.Start + Duration.FromSeconds(299)));
        Assert.Equal(1, april.ElapsedAt(april.Start + Duration.FromSeconds(300)));
        Assert.Equal(8640, april.ElapsedAt(april.End));
        Assert.Equal(8640, april.ElapsedAt(april.End + Duration.FromDays(5)));
    }

    [Fact]
    public void A_month_whose_edge_is_no_slot_edge_is_refused() => Assert.Throws<ArgumentException>(() => Of(1890, 1));

    [Fact]
    public void Months_follow_each_other_without_gap_in_every_zone()
    {
        var zones = Gen.OneOf("Europe/Paris", "UTC", "America/St_Johns", "Asia/Kathmandu", "Pacific/Apia", "Australia/Lord_Howe");
        Gen.Select(zones, Gen.Int[2000, 2060], Gen.Int[1, 12]).Sample((zone, year, month) =>
        {
            var of = MeteringMonth.Of(new(year, month), DateTimeZoneProviders.Tzdb[zone]);
            Assert.Equal(of.EndSlot, of.Next.FirstSlot);
            Assert.Equal(of, of.Next.Previous);
            Assert.InRange(of.Samples, 8064 - 12 - 288, 8928 + 12);
        });
    }

    private static MeteringMonth Of(int year, int month) => MeteringMonth.Of(new(year, month), Paris);
}
