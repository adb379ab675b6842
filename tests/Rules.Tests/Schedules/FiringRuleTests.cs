using BackupOnline.Rules.Schedules;
using NodaTime;

namespace BackupOnline.Rules.Tests.Schedules;

public sealed class FiringRuleTests
{
    private static readonly FiringPolicy Policy = FiringPolicy.Default;

    [Theory]
    [InlineData(1, 30)]
    [InlineData(2, 60)]
    [InlineData(3, 120)]
    [InlineData(7, 1_920)]
    [InlineData(8, 3_600)]
    [InlineData(1_000_000, 3_600)]
    public void The_wait_doubles_up_to_an_hour_and_is_at_most_a_fifth_longer(int attempt, int seconds)
    {
        var waits = Enumerable.Range(0, 50).Select(i => FiringRule.BackOff($"s/{i}", attempt, Policy)).ToList();

        Assert.All(waits, wait => Assert.InRange(wait, Duration.FromSeconds(seconds), Duration.FromSeconds(seconds * 6 / 5)));
        Assert.True(waits.Distinct().Count() > 3);
    }

    [Fact]
    public void Attempts_count_from_one() => Assert.Throws<ArgumentOutOfRangeException>(() => FiringRule.BackOff("x", 0, Policy));

    [Fact]
    public void A_minute_is_in_time_and_more_is_late()
    {
        var due = Instant.FromUtc(2026, 1, 1, 0, 0);

        Assert.False(FiringRule.IsLate(due, due - Duration.FromHours(1), Policy));
        Assert.False(FiringRule.IsLate(due, due + Duration.FromMinutes(1), Policy));
        Assert.True(FiringRule.IsLate(due, due + Duration.FromMinutes(1) + Duration.Epsilon, Policy));
    }
}
