using System.Collections.Immutable;
using NodaTime;
using NodaTime.TimeZones;

namespace BackupOnline.Rules.Schedules;

/// <summary>When a schedule is due next: contract article 6 (daily backups), design decisions 8 and 23.</summary>
public static class ScheduleRule
{
    // The last day of the calendar's supported range is far beyond any schedule; a window of 24 hours and the widest offset reach back two days.
    private const int DaysBack = 3;

    /// <summary>
    /// The first due instant strictly after <paramref name="after"/>; null when nothing follows. Civil days and wall time are those of the timing's zone;
    /// periods are elapsed time. Nothing is rounded.
    /// </summary>
    /// <param name="schedule">The schedule's id, which gives its place in a window or a period.</param>
    public static Instant? NextAfter(ScheduleTiming timing, string schedule, Instant after) => timing switch
    {
        ScheduleTiming.Daily daily => NextDaily(daily, schedule, after),
        ScheduleTiming.Every every => NextPeriod(every, schedule, after),
        _ => null,
    };

    /// <summary>
    /// What is due after a firing for <paramref name="dueAt"/> that ended at <paramref name="now"/>: strictly after both. Due instants that passed meanwhile
    /// are not made up one by one: a schedule whose due instant lies in the past runs once (the catch-up), then goes on with its timing. A clock that was set
    /// back never makes the same due instant due again.
    /// </summary>
    public static Instant? NextAfterFiring(ScheduleTiming timing, string schedule, Instant dueAt, Instant now) =>
        NextAfter(timing, schedule, Instant.Max(dueAt, now));

    /// <summary>The next <paramref name="count"/> due instants strictly after <paramref name="after"/>, ascending; fewer when the schedule ends.</summary>
    public static ImmutableArray<Instant> Upcoming(ScheduleTiming timing, string schedule, Instant after, int count)
    {
        var found = ImmutableArray.CreateBuilder<Instant>();
        var last = after;
        while (found.Count < count && NextAfter(timing, schedule, last) is { } next)
        {
            found.Add(next);
            last = next;
        }

        return found.ToImmutable();
    }

    private static Instant NextDaily(ScheduleTiming.Daily daily, string schedule, Instant after)
    {
        var into = Spread.Offset(schedule, daily.Window);
        var day = after.InZone(daily.Zone).Date.PlusDays(-DaysBack);
        while (true)
        {
            if (daily.Weekdays.Contains(day.DayOfWeek))
            {
                var due = ToInstant((day + daily.Time).PlusSeconds((long)into.TotalSeconds), daily.Zone);
                if (due > after) return due;
            }

            day = day.PlusDays(1);
        }
    }

    private static Instant NextPeriod(ScheduleTiming.Every every, string schedule, Instant after)
    {
        if (every.Period <= Duration.Zero) throw new ArgumentOutOfRangeException(nameof(every), every.Period, "A period is more than zero.");
        var anchor = every.Anchor ?? NodaConstants.UnixEpoch + Spread.Offset(schedule, every.Period);
        var period = every.Period.ToInt128Nanoseconds();
        var since = (after - anchor).ToInt128Nanoseconds();

        // Floor, also for instants before the anchor.
        var passed = since / period - (since % period < 0 ? 1 : 0);
        return anchor + Duration.FromNanoseconds((passed + 1) * period);
    }

    private static Instant ToInstant(LocalDateTime local, DateTimeZone zone) => zone.ResolveLocal(local, FirstOccurrenceOrAfterGap).ToInstant();

    private static readonly ZoneLocalMappingResolver FirstOccurrenceOrAfterGap =
        Resolvers.CreateMappingResolver(Resolvers.ReturnEarlier, Resolvers.ReturnStartOfIntervalAfter);
}
