using NodaTime;

namespace BackupOnline.Rules.Schedules;

/// <summary>When a schedule is due. A closed set: <see cref="Daily"/>, <see cref="Every"/>, <see cref="Once"/>.</summary>
public abstract record ScheduleTiming
{
    private ScheduleTiming()
    {
    }

    /// <summary>
    /// Once on each civil day of <see cref="Zone"/>, at a local wall time: contract article 6, "daily". A time inside the gap of spring runs at the first
    /// instant after the gap, one that occurs twice in autumn at its first occurrence only.
    /// </summary>
    public sealed record Daily(LocalTime Time, DateTimeZone Zone) : ScheduleTiming
    {
        /// <summary>The days on which it runs; empty is every day. With a window over midnight the day is the one on which the window opens.</summary>
        public IsoWeekdays Weekdays { get; init; } = IsoWeekdays.All;

        /// <summary>The start may lie up to this long after <see cref="Time"/>, exclusive, at a place that the schedule's id gives; 0 to 24 hours. Zero starts at the time itself.</summary>
        public Duration Window { get; init; } = Duration.Zero;
    }

    /// <summary>Again and again after an elapsed time, whatever clocks on walls show: <see cref="Anchor"/> + k x <see cref="Period"/>, k any integer.</summary>
    /// <param name="Period">More than zero.</param>
    /// <param name="Anchor">An instant that is due; null takes one that the schedule's id gives, so that many schedules of one period lie apart.</param>
    public sealed record Every(Duration Period, Instant? Anchor) : ScheduleTiming;

    /// <summary>Only at the instant that its owner names: nothing follows by itself.</summary>
    public sealed record Once : ScheduleTiming;
}
