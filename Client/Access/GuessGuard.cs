using BackupOnline.Client.Monitoring;

namespace BackupOnline.Client.Access;

/// <summary>What stands around every judgement of a key or code that a stranger may have guessed: the throttle before, the provider's log and the pace of refusals after.</summary>
internal sealed class GuessGuard(WrongKeyThrottle throttle, StrangerLog strangers, DoorMeters meters, TimeProvider time)
{
    /// <summary>
    /// Judges unless the address has to wait first. <paramref name="judge"/> gives null for a wrong guess, which is then answered at a whole step of time; a failure of
    /// the service is nobody's guess and comes out as it is.
    /// </summary>
    /// <returns>How long to wait before the next try, and nothing was judged; or zero and what was found.</returns>
    public async Task<(TimeSpan Wait, T? Found)> TryAsync<T>(HttpContext http, Func<Task<T?>> judge)
        where T : class
    {
        var start = time.GetTimestamp();
        var address = http.Connection.RemoteIpAddress;
        var wait = await throttle.EnterAsync(address, http.RequestAborted);
        if (wait > TimeSpan.Zero)
        {
            meters.Refused(throttled: true);
            return (wait, null);
        }

        var (found, wasWrong, fills) = (default(T), false, false);
        try
        {
            found = await judge();
            wasWrong = found is null;
        }
        finally
        {
            fills = throttle.Leave(address, wasWrong);
        }
        if (fills)
            await strangers.NoteThrottledAsync(address, http.RequestAborted);
        if (!wasWrong)
            return (TimeSpan.Zero, found);
        meters.Refused(throttled: false);
        await RefusalPace.HoldAsync(time, start, http.RequestAborted);
        return (TimeSpan.Zero, null);
    }
}
