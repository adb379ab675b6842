using BackupOnline.Rules.BackupSets;
using NodaTime;

namespace BackupOnline.Rules.Tests.BackupSets;

public sealed class FreshnessRuleTests
{
    private static readonly Instant Created = Instant.FromUtc(2026, 3, 28, 12, 0);
    private static readonly Duration Daily = Duration.FromHours(24);

    [Theory]
    [InlineData(0, SetFreshness.Waiting)]
    [InlineData(86_400, SetFreshness.Waiting)]
    [InlineData(86_401, SetFreshness.Late)]
    public void Before_the_first_snapshot_the_creation_counts(int secondsLater, SetFreshness expected)
    {
        Assert.Equal(expected, FreshnessRule.Judge(Created, null, Daily, Created + Duration.FromSeconds(secondsLater)));
    }

    [Theory]
    [InlineData(-3_600, SetFreshness.Fresh)]
    [InlineData(0, SetFreshness.Fresh)]
    [InlineData(86_400, SetFreshness.Fresh)]
    [InlineData(86_401, SetFreshness.Late)]
    public void After_it_the_newest_arrival_counts(int secondsLater, SetFreshness expected)
    {
        var arrival = Created + Duration.FromDays(400);

        Assert.Equal(expected, FreshnessRule.Judge(Created, arrival, Daily, arrival + Duration.FromSeconds(secondsLater)));
    }

    [Fact]
    public void The_day_on_which_clocks_change_has_no_other_length()
    {
        var paris = DateTimeZoneProviders.Tzdb["Europe/Paris"];
        var saturday = new LocalDateTime(2026, 3, 28, 12, 0).InZoneStrictly(paris).ToInstant();
        var sunday = new LocalDateTime(2026, 3, 29, 13, 0).InZoneStrictly(paris).ToInstant();

        Assert.Equal(SetFreshness.Fresh, FreshnessRule.Judge(Created, saturday, Daily, sunday));
        Assert.Equal(SetFreshness.Late, FreshnessRule.Judge(Created, saturday, Daily, sunday + Duration.Epsilon));
    }
}
