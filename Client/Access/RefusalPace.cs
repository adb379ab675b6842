namespace BackupOnline.Client.Access;

/// <summary>
/// When a refused key is answered: at whole steps after the request's start, so that the time does not tell whether the tenant, host or key that it names exists.
/// A judgement that takes longer than a step, under load, shows only in which step it ended. The shelf does the same.
/// </summary>
internal static class RefusalPace
{
    public static readonly TimeSpan Step = TimeSpan.FromMilliseconds(100);

    /// <summary>Holds the answer to a request of <paramref name="start"/> back until its step has ended. A timer may be a moment early: it looks again.</summary>
    public static async Task HoldAsync(TimeProvider time, long start, CancellationToken cancellation)
    {
        var due = Due(time.GetElapsedTime(start));
        while (due - time.GetElapsedTime(start) is var left && left > TimeSpan.Zero)
            await Task.Delay(TimeSpan.FromMilliseconds(Math.Ceiling(left.TotalMilliseconds)), time, cancellation);
    }

    /// <summary>When, after the request's start, a refusal may be told that was known after <paramref name="elapsed"/>.</summary>
    public static TimeSpan Due(TimeSpan elapsed) => Step * Math.Max(1, Math.Ceiling(elapsed / Step));
}
