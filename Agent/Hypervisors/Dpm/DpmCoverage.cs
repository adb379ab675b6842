namespace BackupOnline.Agent.Hypervisors.Dpm;

/// <summary>
/// A day is covered by an active recovery point whose data are of that day, and by nothing else: a job that says "completed" may have made none, and a point that was made after midnight may hold
/// yesterday's data.
/// </summary>
internal static class DpmCoverage
{
    /// <param name="points">Active ones, in any order.</param>
    /// <param name="first">The first day that is asked for.</param>
    /// <param name="last">The last one, included.</param>
    /// <param name="zone">In which days begin and end: Europe/Paris by the contract. A day of 23 or 25 hours is one day.</param>
    public static IReadOnlyList<DpmDay> Days(IReadOnlyCollection<DpmRecoveryPoint> points, DateOnly first, DateOnly last, TimeZoneInfo zone)
    {
        var latest = points.GroupBy(point => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(point.At, zone).DateTime)).ToDictionary(day => day.Key, day => day.MaxBy(point => point.At));
        var days = new List<DpmDay>();
        for (var day = first; day <= last; day = day.AddDays(1))
            days.Add(new DpmDay(day, latest.GetValueOrDefault(day)));
        return days;
    }
}
