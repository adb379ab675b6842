using BackupOnline.Rules.Schedules;
using NodaTime;

namespace BackupOnline.Rules.Tests.Schedules;

public sealed class SpreadTests
{
    [Theory]
    [InlineData("vm-backup/acme/web01", 72_000)]
    [InlineData("", 3_600)]
    [InlineData("é", 60)]
    public void A_place_lies_in_the_window_and_never_moves(string id, int seconds)
    {
        var place = Spread.Offset(id, Duration.FromSeconds(seconds));

        Assert.InRange(place, Duration.Zero, Duration.FromSeconds(seconds - 1));
        Assert.Equal(place, Spread.Offset(id, Duration.FromSeconds(seconds)));
    }

    [Fact]
    public void The_hash_is_pinned() => Assert.Equal(
        [17_665_956_581_633_026_203UL, 9_160_460_286_286_682_016UL], new[] { "", "vm-backup/acme/web01" }.Select(Spread.Hash));

    [Fact]
    public void No_window_is_no_delay()
    {
        Assert.Equal(Duration.Zero, Spread.Offset("x", Duration.Zero));
        Assert.Equal(Duration.Zero, Spread.Offset("x", Duration.FromSeconds(1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => Spread.Offset("x", -Duration.Epsilon));
    }

    [Fact]
    public void Two_hundred_tenants_who_start_at_ten_lie_evenly_over_twenty_hours()
    {
        var perHour = Enumerable.Range(0, 200).Select(i => Spread.Offset($"vm-backup/t{i:000}/web01", Duration.FromHours(20))).GroupBy(o => (int)o.TotalHours).ToList();

        Assert.Equal(20, perHour.Count);
        Assert.All(perHour, hour => Assert.InRange(hour.Count(), 2, 22));
    }
}
