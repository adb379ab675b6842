using NodaTime;

namespace BackupOnline.Rules.Retention;

/// <summary>When a point leaves the window of <see cref="SlidingRule"/>: contract article 6.</summary>
public static class ExpiryRule
{
    /// <summary>
    /// The first instant at which the point may go while backups arrive as they should (no freeze, newer good points): the latest of the midnight of
    /// <paramref name="zone"/> that begins the point's civil day + sliding days + 1 (the first instant of that day where midnight does not exist), its instant
    /// + the elapsed hours, and the end of its lock. Half-open: at that very instant it may go.
    /// </summary>
    public static Instant ExpiresAt(Instant at, Instant? lockUntil, DateTimeZone zone, SlidingPolicy policy)
    {
        var calendar = zone.AtStartOfDay(at.InZone(zone).Date.PlusDays(policy.SlidingDays + 1)).ToInstant();
        var expires = Instant.Max(calendar, at + policy.Elapsed);
        return lockUntil is { } locked ? Instant.Max(expires, locked) : expires;
    }
}
