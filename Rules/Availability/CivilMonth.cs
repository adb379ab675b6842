using NodaTime;

namespace BackupOnline.Rules.Availability;

/// <summary>Civil months as spans of instants.</summary>
public static class CivilMonth
{
    /// <summary>From the first instant of the month in <paramref name="zone"/>, inclusive, to the first instant of the next, exclusive.</summary>
    public static Interval In(YearMonth month, DateTimeZone zone) =>
        new(zone.AtStartOfDay(month.OnDayOfMonth(1)).ToInstant(), zone.AtStartOfDay(month.PlusMonths(1).OnDayOfMonth(1)).ToInstant());

    /// <summary>The month in which <paramref name="instant"/> lies in <paramref name="zone"/>.</summary>
    public static YearMonth Of(Instant instant, DateTimeZone zone) => instant.InZone(zone).Date.ToYearMonth();
}
