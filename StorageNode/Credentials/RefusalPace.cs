namespace BackupOnline.StorageNode.Credentials;

/// <summary>
/// When a refused credential is answered: at whole steps after the request's start. What the judging took, an activated grain more or less, is not seen from
/// outside; a judgement that takes longer than a step, under load, shows only in which step it ended.
/// </summary>
internal static class RefusalPace
{
    /// <summary>How long to hold the answer back, in whole milliseconds, rounded up as timers cut off the rest; zero for a step of zero.</summary>
    public static TimeSpan Wait(TimeSpan elapsed, TimeSpan step)
    {
        if (step == TimeSpan.Zero)
            return TimeSpan.Zero;

        var due = step * Math.Max(1, Math.Ceiling(elapsed / step));
        return TimeSpan.FromMilliseconds(Math.Ceiling((due - elapsed).TotalMilliseconds));
    }
}
