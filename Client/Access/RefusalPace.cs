namespace BackupOnline.Client.Access;

/// <summary>
/// When a refused key is answered: at whole steps after the request's start, so that the time does not tell whether the tenant, host or key that it names exists.
/// A judgement that takes longer than a step, under load, shows only in which step it ended. The shelf does the same.
/// </summary>
internal static class RefusalPace
{
    public static readonly TimeSpan Step = TimeSpan.FromMilliseconds(100);

    /// <summary>How long to hold the answer back, in whole milliseconds, rounded up as timers cut off the rest.</summary>
    public static TimeSpan Wait(TimeSpan elapsed)
    {
        var due = Step * Math.Max(1, Math.Ceiling(elapsed / Step));
        return TimeSpan.FromMilliseconds(Math.Ceiling((due - elapsed).TotalMilliseconds));
    }
}
