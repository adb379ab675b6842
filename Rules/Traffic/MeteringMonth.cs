using NodaTime;

namespace BackupOnline.Rules.Traffic;

/// <summary>
/// A civil month of the metering zone as slots, half-open [<see cref="FirstSlot"/>, <see cref="EndSlot"/>): from the start of its first day to the start of the
/// next month's first day. Every slot counts, also those of a repeated hour: 8916 slots in Paris' March, 8940 in its October.
/// </summary>
public sealed record MeteringMonth
{
    private MeteringMonth(YearMonth month, DateTimeZone zone)
    {
        Month = month;
        Zone = zone;
        FirstSlot = EdgeOf(month, zone);
        EndSlot = EdgeOf(month.PlusMonths(1), zone);
    }

    public YearMonth Month { get; }

    public DateTimeZone Zone { get; }

    /// <summary>Inclusive.</summary>
    public long FirstSlot { get; }

    /// <summary>Exclusive.</summary>
    public long EndSlot { get; }

    /// <summary>Inclusive.</summary>
    public Instant Start => TrafficSlot.Start(FirstSlot);

    /// <summary>Exclusive.</summary>
    public Instant End => TrafficSlot.Start(EndSlot);

    /// <summary>n: every slot of the month, also those without a report.</summary>
    public int Samples => (int)(EndSlot - FirstSlot);

    public MeteringMonth Next => new(Month.PlusMonths(1), Zone);

    public MeteringMonth Previous => new(Month.PlusMonths(-1), Zone);

    public static MeteringMonth Of(YearMonth month, DateTimeZone zone) => new(month, zone);

    /// <summary>The month in which <paramref name="instant"/> lies on the zone's calendar.</summary>
    public static MeteringMonth At(Instant instant, DateTimeZone zone) => new(instant.InZone(zone).Date.ToYearMonth(), zone);

    public bool Holds(long slot) => slot >= FirstSlot && slot < EndSlot;

    /// <summary>Slots of the month that have ended at <paramref name="now"/>: 0 before it, <see cref="Samples"/> after it. The slot that is running has not ended.</summary>
    public int ElapsedAt(Instant now) => (int)(Math.Clamp(TrafficSlot.Of(now), FirstSlot, EndSlot) - FirstSlot);

    // Offsets are multiples of 15 minutes wherever this product runs, so that a month's edge is a slot's edge.
    private static long EdgeOf(YearMonth month, DateTimeZone zone)
    {
        var start = zone.AtStartOfDay(month.OnDayOfMonth(1)).ToInstant();
        var slot = TrafficSlot.Of(start);
        return TrafficSlot.Start(slot) == start
            ? slot
            : throw new ArgumentException($"In the zone {zone.Id} the month {month} does not begin at the edge of a 5-minute slot.", nameof(zone));
    }
}
