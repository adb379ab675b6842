using BackupOnline.Rules.Availability;

namespace BackupOnline.Rules.Tests.Availability;

public sealed class MinuteAlarmRuleTests
{
    [Theory]
    [InlineData("ggg", "...")]
    [InlineData("bgb", "...")]
    [InlineData("bb", ".D")]
    [InlineData("b b", "..D")]
    [InlineData("bbg", ".DD")]
    [InlineData("bbgg", ".DD.")]
    [InlineData("bbgbgg", ".DDDD.")]
    public void An_alarm_changes_at_the_second_minute_in_a_row_that_speaks_against_it(string minutes, string expected)
    {
        var alarm = MinuteAlarm.Quiet;
        var standings = minutes.Select((letter, minute) =>
        {
            if (letter != ' ') alarm = MinuteAlarmRule.Hear(alarm, minute, letter == 'b', minutes: 2);
            return alarm.IsDown ? 'D' : '.';
        });

        Assert.Equal(expected, string.Concat(standings));
    }

    [Fact]
    public void With_one_minute_it_changes_at_once() => Assert.True(MinuteAlarmRule.Hear(MinuteAlarm.Quiet, 5, failed: true, minutes: 1).IsDown);

    [Theory]
    [InlineData(5)]
    [InlineData(4)]
    public void A_minute_that_is_not_newer_changes_nothing(long minute)
    {
        var alarm = MinuteAlarmRule.Hear(MinuteAlarm.Quiet, 5, failed: true, minutes: 2);

        Assert.Equal(alarm, MinuteAlarmRule.Hear(alarm, minute, failed: true, minutes: 2));
    }
}
