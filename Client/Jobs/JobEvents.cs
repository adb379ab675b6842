using System.Threading.Channels;
using BackupOnline.Client.Access;
using BackupOnline.Client.Cluster;
using BackupOnline.Client.Problems;
using BackupOnline.Grains.Interfaces.Jobs;
using BackupOnline.Persistence.Storage;
using Npgsql;

namespace BackupOnline.Client.Jobs;

/// <summary>
/// Watches one run for one screen: the Job grain is asked every <see cref="Poll"/>, which is the truth, and hints from the live streams come in between.
/// Ends after the run has ended, when the screen goes away, when the key is revoked, or when the door stops.
/// </summary>
internal sealed class JobEvents(
    JobFinder finder, JobHints hints, EventStreamBudget budget, EventWriter writer, KeyRecheck recheck, IHostApplicationLifetime lifetime, TimeProvider time)
{
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15);

    public async Task<IResult> WatchAsync(HttpContext http, Visitor visitor, JobView job)
    {
        if (!budget.TryEnter(visitor.Actor))
        {
            return Problem.Later(
                StatusCodes.Status429TooManyRequests, "too-many-streams", $"This key watches {EventStreamBudget.MostPerKey} runs already, or the door is full. Close one.", Heartbeat);
        }
        using var over = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, lifetime.ApplicationStopping);
        var channel = JobHints.NewChannel();
        var feeding = Task.CompletedTask;
        try
        {
            EventWriter.Begin(http.Response);
            await writer.SendAsync(http.Response, "job", job, over.Token);
            if (!HasEnded(job))
            {
                feeding = hints.FeedAsync(job.Id, channel.Writer, time, over.Token);
                await FollowAsync(http, visitor, job, channel.Reader, over.Token);
            }
        }
        catch (OperationCanceledException) when (over.IsCancellationRequested)
        {
            // The screen went away, or the door stops: nothing to tell anybody.
        }
        finally
        {
            await over.CancelAsync();
            await feeding;
            budget.Leave(visitor.Actor);
        }
        return TypedResults.Empty;
    }

    private async Task FollowAsync(HttpContext http, Visitor visitor, JobView shown, ChannelReader<object> channel, CancellationToken over)
    {
        var lastWord = time.GetTimestamp();
        var lastPoll = time.GetTimestamp();
        var lastProgress = shown.Progress;
        while (!HasEnded(shown))
        {
            var hint = await NextHintAsync(channel, Poll - time.GetElapsedTime(lastPoll), over);
            if (hint is JobProgress progress && progress != lastProgress)
            {
                await writer.SendAsync(http.Response, "progress", lastProgress = progress, over);
                lastWord = time.GetTimestamp();
            }
            // A change of status is told by the truth, not by the hint of it.
            if (hint is JobView || time.GetElapsedTime(lastPoll) >= Poll)
            {
                lastPoll = time.GetTimestamp();
                if (!await recheck.StillGoodAsync(http, over))
                    return;
                if (await ReadAsync(visitor, shown, over) is { } now)
                {
                    if (IsChange(shown, now))
                    {
                        await writer.SendAsync(http.Response, "job", now, over);
                        lastWord = time.GetTimestamp();
                    }
                    else if (now.Progress != lastProgress)
                    {
                        await writer.SendAsync(http.Response, "progress", now.Progress, over);
                        lastWord = time.GetTimestamp();
                    }
                    (shown, lastProgress) = (now, now.Progress);
                }
            }
            if (time.GetElapsedTime(lastWord) >= Heartbeat)
            {
                await EventWriter.SendHeartbeatAsync(http.Response, over);
                lastWord = time.GetTimestamp();
            }
        }
    }

    private async Task<JobView?> ReadAsync(Visitor visitor, JobView job, CancellationToken over)
    {
        try
        {
            return (await finder.FindAsync(visitor, job.Tenant, job.Id, over))?.Value;
        }
        catch (Exception fault) when (fault is ClusterUnavailableException or StorageUnavailableException or NpgsqlException)
        {
            // The service is away for a while: the screen keeps waiting, heartbeats go on.
            return null;
        }
    }

    private async Task<object?> NextHintAsync(ChannelReader<object> channel, TimeSpan most, CancellationToken over)
    {
        if (most <= TimeSpan.Zero)
            return channel.TryRead(out var waiting) ? waiting : null;
        using var bound = CancellationTokenSource.CreateLinkedTokenSource(over);
        using var timer = time.CreateTimer(static source => ((CancellationTokenSource)source!).Cancel(), bound, most, Timeout.InfiniteTimeSpan);
        try
        {
            return await channel.ReadAsync(bound.Token);
        }
        catch (OperationCanceledException) when (!over.IsCancellationRequested)
        {
            return null;
        }
    }

    private static bool IsChange(JobView before, JobView after) =>
        (before.Status, before.Attempt, before.Snapshot, before.EndedAt, before.Message) != (after.Status, after.Attempt, after.Snapshot, after.EndedAt, after.Message);

    private static bool HasEnded(JobView job) => job.Status is JobStatus.Succeeded or JobStatus.Partial or JobStatus.Failed;
}
