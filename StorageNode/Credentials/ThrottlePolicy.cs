namespace BackupOnline.StorageNode.Credentials;

/// <summary>The first <paramref name="FreeTries"/> wrong tries cost nothing; the next waits <paramref name="First"/>, and each further one twice as long, up to <paramref name="Most"/>.</summary>
internal sealed record ThrottlePolicy(int FreeTries, TimeSpan First, TimeSpan Most)
{
    /// <summary>The wait after so many wrong tries.</summary>
    public TimeSpan Wait(int tries)
    {
        if (tries < FreeTries)
            return TimeSpan.Zero;

        var doubled = First * Math.Pow(2, Math.Min(tries - FreeTries, 30));
        return doubled < Most ? doubled : Most;
    }
}
