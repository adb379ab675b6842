using System.Net.Sockets;

namespace BackupOnline.Client.Cluster;

/// <summary>
/// The door's only way to grains. A killed silo takes the calls that were under way with it, and nobody answers them: so a call that is not
/// answered soon is sent again, at most <see cref="MostAttempts"/> times side by side, and the first answer counts. That is safe because reads change nothing
/// and every command carries an operation id (decision 7d). With it a killed silo costs a caller about 5 s instead of the response timeout.
/// </summary>
internal sealed partial class ClusterCalls(IGrainFactory grains, IHostApplicationLifetime lifetime, TimeProvider time, ILogger<ClusterCalls> log)
{
    public const int MostAttempts = 4;

    /// <summary>A silo that is only busy answers within this; measured failover takes 2.4 to 4.7 s (facts on Orleans, section 4).</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>After a rejection (no gateway, silo gone), before the next try.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(400);

    /// <summary>All tries together; below the client's response timeout of 10 s.</summary>
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(9);

    /// <summary>True once the client has been connected; before that there is nobody to ask.</summary>
    public bool HasConnected => lifetime.ApplicationStarted.IsCancellationRequested;

    /// <summary>Asks grains. What was begun is not cancelled when the caller goes away: a half-cancelled command helps nobody.</summary>
    public async Task<T> AskAsync<T>(Func<IGrainFactory, Task<T>> ask, CancellationToken callerGone)
    {
        if (!HasConnected)
            throw new ClusterUnavailableException("The door has not reached any silo yet.");

        var since = time.GetTimestamp();
        var running = new List<Task<T>>();
        var attempts = 0;
        Exception? last = null;
        while (time.GetElapsedTime(since) < Deadline)
        {
            if (attempts < MostAttempts || running.Count == 0)
            {
                running.Add(Begin(ask));
                attempts++;
            }
            using var waiting = CancellationTokenSource.CreateLinkedTokenSource(callerGone);
            var bound = Task.Delay(Remaining(Patience), time, waiting.Token);
            var first = await Task.WhenAny([bound, .. running]);
            await waiting.CancelAsync();
            callerGone.ThrowIfCancellationRequested();
            if (first is not Task<T> answered)
            {
                var elapsed = time.GetElapsedTime(since);
                LogNoAnswer(attempts, elapsed);
                continue;
            }
            if (answered.IsCompletedSuccessfully)
                return await answered;

            running.Remove(answered);
            last = answered.Exception?.InnerException ?? new OperationCanceledException();
            if (!IsPassing(last))
                await answered;
            var reason = last.GetType().Name;
            LogRejected(attempts, reason);
            if (running.Count == 0)
                await Task.Delay(Remaining(Pause), time, callerGone);
        }
        throw new ClusterUnavailableException("No silo answered in time.", last);

        TimeSpan Remaining(TimeSpan most)
        {
            var left = Deadline - time.GetElapsedTime(since);
            return left < most ? left > TimeSpan.Zero ? left : TimeSpan.Zero : most;
        }
    }

    private Task<T> Begin<T>(Func<IGrainFactory, Task<T>> ask)
    {
        Task<T> task;
        try
        {
            task = ask(grains);
        }
        catch (Exception fault) when (IsPassing(fault))
        {
            return Task.FromException<T>(fault);
        }
        // An attempt that loses the race may fail later: nobody is left to be told.
        _ = task.ContinueWith(static late => _ = late.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
        return task;
    }

    /// <summary>Broken ways that another try may pass: unlike bugs.</summary>
    private static bool IsPassing(Exception fault) =>
        fault is TimeoutException or SocketException or OperationCanceledException or (OrleansException and not WrappedException);

    [LoggerMessage(EventId = 1101, Level = LogLevel.Information, Message = "No answer yet: after attempt {Attempt}, {Elapsed}; asking again")]
    private partial void LogNoAnswer(int attempt, TimeSpan elapsed);

    [LoggerMessage(EventId = 1102, Level = LogLevel.Information, Message = "Call rejected: attempt {Attempt}, {Reason}; asking again")]
    private partial void LogRejected(int attempt, string reason);
}
