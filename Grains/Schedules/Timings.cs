using BackupOnline.Grains.Interfaces.Replies;
using BackupOnline.Grains.Interfaces.Schedules;
using BackupOnline.Rules.Schedules;
using NodaTime;
using NodaTime.Text;

namespace BackupOnline.Grains.Schedules;

/// <summary>Timings between the wire and the rule.</summary>
internal static class Timings
{
    private static readonly LocalTimePattern[] Patterns = [LocalTimePattern.CreateWithInvariantCulture("HH:mm"), LocalTimePattern.CreateWithInvariantCulture("HH:mm:ss")];

    private static readonly TimeSpan Day = TimeSpan.FromHours(24);
    private static readonly TimeSpan ShortestPeriod = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPeriod = TimeSpan.FromDays(3_660);

    /// <summary>Null for a timing that can be kept, or what is wrong with it.</summary>
    public static Refusal? Check(TimingSpec spec)
    {
        if (spec.Period is not null && (spec.Time is not null || spec.Zone is not null || !spec.Weekdays.IsDefaultOrEmpty || spec.Window != TimeSpan.Zero))
            return Refusal.Invalid("timing-invalid", "Give a time of day, or a period, not both.");
        if (spec.Period is { } period)
        {
            return period >= ShortestPeriod && period <= LongestPeriod
                ? null
                : Refusal.Invalid("period-invalid", "A period is from 1 second to 3660 days.");
        }

        return spec.Time is null ? null : CheckDaily(spec);
    }

    /// <summary>The rule's form of a timing that <see cref="Check"/> passes.</summary>
    public static ScheduleTiming ToRule(TimingSpec spec)
    {
        if (spec.Period is { } period) return new ScheduleTiming.Every(Duration.FromTimeSpan(period), spec.Anchor is { } at ? Instant.FromDateTimeOffset(at) : null);
        if (spec.Time is null) return new ScheduleTiming.Once();
        return new ScheduleTiming.Daily(Parse(spec.Time)!.Value, DateTimeZoneProviders.Tzdb[spec.Zone!])
        {
            Weekdays = IsoWeekdays.Of([.. spec.Weekdays.IsDefault ? [] : spec.Weekdays]),
            Window = Duration.FromTimeSpan(spec.Window),
        };
    }

    /// <summary>The first due instant strictly after <paramref name="after"/>, or null when nothing follows.</summary>
    public static DateTimeOffset? NextAfter(TimingSpec spec, string schedule, DateTimeOffset after) =>
        ScheduleRule.NextAfter(ToRule(spec), schedule, Instant.FromDateTimeOffset(after))?.ToDateTimeOffset();

    private static Refusal? CheckDaily(TimingSpec spec)
    {
        if (Parse(spec.Time!) is null) return Refusal.Invalid("time-invalid", "Give the time of day as HH:mm or HH:mm:ss, 00:00 to 23:59:59.");
        if (spec.Zone is null || DateTimeZoneProviders.Tzdb.GetZoneOrNull(spec.Zone) is null)
            return Refusal.Invalid("zone-unknown", "There is no such time zone. Give an IANA name, such as Europe/Paris.");
        if (!spec.Weekdays.IsDefault && spec.Weekdays.Any(day => day is < 1 or > 7)) return Refusal.Invalid("weekdays-invalid", "ISO weekdays are 1 (Monday) to 7 (Sunday).");
        return spec.Window >= TimeSpan.Zero && spec.Window <= Day ? null : Refusal.Invalid("window-invalid", "The window for the start is from 0 to 24 hours.");
    }

    private static LocalTime? Parse(string time) => Patterns.Select(p => p.Parse(time)).Where(r => r.Success).Select(r => (LocalTime?)r.Value).FirstOrDefault();
}
