namespace BackupOnline.StorageNode.Credentials;

/// <summary>
/// When a refused credential is answered: at whole steps after the request's start. What the judging took, an activated grain more or less, is not seen from
/// outside; a judgement that takes longer than a step, under load, shows only in which step it ended.
/// </summary>
internal static class RefusalPace
{
    /// <summary>Holds the answer to a request of <paramref name="start"/> back until its step has ended. A timer may be a moment early: it looks again.</summary>
    public static async Task HoldAsync(TimeProvider clock, long start, TimeSpan step, CancellationToken cancellation)
    {
        var due = Due(clock.GetElapsedTime(start), step);
        while (due - clock.GetElapsedTime(start) is var left && left > TimeSpan.Zero)
            await Task.Delay(TimeSpan.FromMilliseconds(Math.Ceiling(left.TotalMilliseconds)), clock, cancellation);
    }

    /// <summary>When, after the request's start, a refusal may be told that was known after <paramref name="elapsed"/>; at once for a step of zero.</summary>
    public static TimeSpan Due(TimeSpan elapsed, TimeSpan step) => step == TimeSpan.Zero ? elapsed : step * Math.Max(1, Math.Ceiling(elapsed / step));
}
