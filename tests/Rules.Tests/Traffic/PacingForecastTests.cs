using BackupOnline.Rules.Traffic;
using CsCheck;
using NodaTime;

namespace BackupOnline.Rules.Tests.Traffic;

public sealed class PacingForecastTests
{
    private static readonly LocalDate Today = new(2026, 11, 30); // a Monday

    [Fact]
    public void Without_a_history_nothing_is_expected() => Assert.Null(Expect([], Today));

    [Fact]
    public void A_weekday_is_the_mean_of_its_last_four_rounded_up()
    {
        Assert.Equal(26, Expect([Before(7, 10), Before(14, 20), Before(21, 30), Before(28, 41), Before(1, 900)], Today));
    }

    [Fact]
    public void The_window_is_28_days_without_today()
    {
        Assert.Equal(10, Expect([Before(0, 900), Before(7, 10), Before(14, 10), Before(29, 900), Before(35, 900)], Today));
    }

    [Fact]
    public void A_weekday_seen_once_is_expected_as_the_other_days()
    {
        Assert.Equal(20, Expect([Before(7, 30), Before(1, 10), Before(2, 20)], Today));
        Assert.Equal(5, Expect([Before(7, 30), Before(1, 5), Before(8, 5)], Today.PlusDays(6)));
    }

    [Fact]
    public void A_day_that_was_an_exception_counts_as_three_ordinary_ones()
    {
        Assert.Equal(15, Expect([Before(7, 10), Before(14, 10), Before(21, 10), Before(28, 10_000)], Today));
        Assert.Equal(20, Expect([Before(7, 10), Before(14, 10_000)], Today));
    }

    [Fact]
    public void More_volume_never_makes_the_forecast_smaller()
    {
        Gen.Select(Gen.Long[0, 1_000_000_000_000].Array[28], Gen.Int[0, 27], Gen.Long[0, 1_000_000_000]).Sample((bytes, which, more) =>
        {
            var history = bytes.Select((b, day) => Before(day + 1, b)).ToArray();
            var larger = bytes.Select((b, day) => Before(day + 1, day == which ? b + more : b)).ToArray();
            Assert.True(Expect(larger, Today) >= Expect(history, Today));
        });
    }

    [Theory]
    [InlineData(null, 0, 0, 0, 0)]
    [InlineData(null, 0, 0, 500, 500)] // nothing is known: all of it
    [InlineData(100L, 0, 0, 500, 100)] // the forecast alone
    [InlineData(100L, 0, 0, 0, 100)] // a source of unknown size
    [InlineData(null, 50, 100, 400, 150)] // a quarter took 50
    [InlineData(100L, 100, 100, 500, 240)] // a fifth took as much as was expected of all: (20 + 100) / 0.4 for each whole, four fifths of it
    [InlineData(100L, 70, 500, 500, 0)] // all was looked at
    [InlineData(100L, 70, 900, 500, 0)]
    public void What_is_left_is_guessed_from_the_forecast_and_from_what_was_seen(long? forecast, long sent, long done, long total, long expected)
    {
        Assert.Equal(expected, PacingEstimate.BytesLeft(forecast, sent, done, total));
    }

    [Fact]
    public void Negative_counts_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => PacingEstimate.BytesLeft(0, -1, 0, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => PacingEstimate.BytesLeft(0, 0, -1, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => PacingEstimate.BytesLeft(0, 0, 0, -1));
    }

    private static DayVolume Before(int days, long bytes) => new(Today.PlusDays(-days), bytes);

    private static long? Expect(DayVolume[] history, LocalDate day) => PacingForecast.Expect(history, Today, day, PacingPolicy.Default);
}
