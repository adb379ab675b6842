using System.Threading.Channels;
using BackupOnline.Grains.Interfaces.Jobs;
using BackupOnline.Grains.Interfaces.Streams;
using Orleans.Streams;

namespace BackupOnline.Client.Jobs;

/// <summary>
/// Subscribes to a job's memory streams for one watcher. Everything here may fail without harm: the poll is the truth (decision 7c).
/// The channel keeps the newest hints only, so that a slow screen costs no memory.
/// </summary>
internal sealed partial class JobHints(IClusterClient client, ILogger<JobHints> log)
{
    private const int MostWaiting = 16;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Where the hints come out: <see cref="JobProgress"/>, or a <see cref="JobView"/> as a sign that something changed.</summary>
    public static Channel<object> NewChannel() =>
        Channel.CreateBounded<object>(new BoundedChannelOptions(MostWaiting) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });

    /// <summary>Feeds the channel until <paramref name="watcherGone"/>; then unsubscribes. Never throws.</summary>
    public async Task FeedAsync(string job, ChannelWriter<object> hints, TimeProvider time, CancellationToken watcherGone)
    {
        Func<Task>? leaveProgress = null, leaveViews = null;
        try
        {
            leaveProgress = await SubscribeAsync<JobProgress>(JobProgress.StreamNamespace, job, hints, time);
            leaveViews = await SubscribeAsync<JobView>(JobView.StreamNamespace, job, hints, time);
            await Task.Delay(Timeout.InfiniteTimeSpan, time, watcherGone);
        }
        catch (OperationCanceledException) when (watcherGone.IsCancellationRequested)
        {
            // The watcher went away, as watchers do.
        }
#pragma warning disable CA1031 // Hints only: whatever is wrong with the streams, the poll goes on.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            var reason = fault.GetType().Name;
            LogNoHints(reason);
        }
        await LeaveAsync(leaveProgress, time);
        await LeaveAsync(leaveViews, time);
    }

    private async Task<Func<Task>> SubscribeAsync<T>(string space, string job, ChannelWriter<object> hints, TimeProvider time)
        where T : class
    {
        var stream = client.GetStreamProvider(LiveStreams.Name).GetStream<T>(StreamId.Create(space, job));
        var subscription = await stream.SubscribeAsync((hint, _) =>
        {
            hints.TryWrite(hint);
            return Task.CompletedTask;
        }).WaitAsync(Patience, time);
        return subscription.UnsubscribeAsync;
    }

    private async Task LeaveAsync(Func<Task>? leave, TimeProvider time)
    {
        try
        {
            if (leave is not null)
                await leave().WaitAsync(Patience, time);
        }
#pragma warning disable CA1031 // A subscription that cannot be ended now is dropped by the silo when this client is gone.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            var reason = fault.GetType().Name;
            LogNoHints(reason);
        }
    }

    [LoggerMessage(EventId = 1301, Level = LogLevel.Debug, Message = "Live hints missing: {Reason}; polling goes on")]
    private partial void LogNoHints(string reason);
}
