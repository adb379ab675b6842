namespace BackupOnline.Rules.Availability;

/// <summary>When a vault's alarm is raised and taken back.</summary>
public static class MinuteAlarmRule
{
    /// <summary>
    /// Hears of a minute. The standing changes at the <paramref name="minutes"/>-th minute in a row that speaks against it; a minute that agrees ends the streak.
    /// Minutes without a result neither lengthen nor end it; one that is not newer than the last heard of changes nothing.
    /// </summary>
    /// <param name="alarm">As it stands.</param>
    /// <param name="minute"><see cref="MinuteRule.Number"/>.</param>
    /// <param name="failed">Any probe of the minute failed.</param>
    /// <param name="minutes">1 or more.</param>
    public static MinuteAlarm Hear(MinuteAlarm alarm, long minute, bool failed, int minutes)
    {
        if (minute <= alarm.Last) return alarm;
        if (failed == alarm.IsDown) return alarm with { Streak = 0, Last = minute };
        return alarm.Streak + 1 >= minutes ? new(failed, 0, minute) : alarm with { Streak = alarm.Streak + 1, Last = minute };
    }
}
