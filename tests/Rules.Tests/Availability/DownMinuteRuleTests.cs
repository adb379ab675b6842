using BackupOnline.Rules.Availability;
using NodaTime;

namespace BackupOnline.Rules.Tests.Availability;

public sealed class DownMinuteRuleTests
{
    [Fact]
    public void A_minute_counts_once_and_under_ours_when_it_was_ours_too()
    {
        var minutes = DownMinuteRule.PerCause(
        [
            new(1, OutageCause.Customer), new(1, OutageCause.Ours), new(1, OutageCause.Ours),
            new(2, OutageCause.Internet), new(2, OutageCause.Customer),
            new(3, OutageCause.Internet), new(4, OutageCause.ForceMajeure), new(5, OutageCause.ForceMajeure), new(6, OutageCause.ForceMajeure),
        ]);

        Assert.Equal(new MinutesPerCause(1, 1, 1, 3), minutes);
        Assert.Equal(6, minutes.Total);
    }

    [Fact]
    public void No_minutes_are_nothing() => Assert.Equal(new MinutesPerCause(0, 0, 0, 0), DownMinuteRule.PerCause([]));

    [Fact]
    public void Minutes_in_a_row_are_one_outage_and_only_ours_count()
    {
        var outages = DownMinuteRule.Attributable(
            [new(12, OutageCause.Ours), new(10, OutageCause.Ours), new(11, OutageCause.Ours), new(13, OutageCause.Customer), new(14, OutageCause.Ours)], new(null, null));

        Assert.Equal([Span(10, 13), Span(14, 15)], outages);
        Assert.Equal([Span(11, 12)], DownMinuteRule.Attributable([new(11, OutageCause.Ours), new(12, OutageCause.Ours)], Span(0, 12)));
    }

    private static Interval Span(long from, long to) => new(Instant.FromUnixTimeSeconds(from * 60), Instant.FromUnixTimeSeconds(to * 60));
}
