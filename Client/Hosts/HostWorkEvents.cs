using BackupOnline.Client.Access;
using BackupOnline.Client.Answers;
using BackupOnline.Client.Cluster;
using BackupOnline.Client.Jobs;
using BackupOnline.Client.Problems;
using BackupOnline.Grains.Interfaces.Hosts;
using BackupOnline.Grains.Interfaces.Names;
using BackupOnline.Grains.Interfaces.Replies;
using BackupOnline.Persistence.Storage;

namespace BackupOnline.Client.Hosts;

/// <summary>
/// Tells one agent of the work that is offered to it: the Host grain is asked every <see cref="Poll"/>, and each heartbeat is the host's presence. An agent
/// whose stream breaks opens another one and gets the whole list again, so that nothing is lost with a door or a silo.
/// </summary>
internal sealed class HostWorkEvents(
    ClusterCalls cluster, EventStreamBudget budget, EventWriter writer, KeyRecheck recheck, IHostApplicationLifetime lifetime, TimeProvider time)
{
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15);

    public async Task<IResult> WatchAsync(HttpContext http, HostKey host, WorkList work)
    {
        var actor = Visitor.Of(http).Actor;
        if (!budget.TryEnter(actor))
        {
            return Problem.Later(
                StatusCodes.Status429TooManyRequests, "too-many-streams", $"This key holds {EventStreamBudget.MostPerKey} streams already, or the door is full. Close one.", Heartbeat);
        }
        using var over = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, lifetime.ApplicationStopping);
        try
        {
            EventWriter.Begin(http.Response);
            await writer.SendAsync(http.Response, "work", work.Items, over.Token);
            await FollowAsync(http, host, work, over.Token);
        }
        catch (OperationCanceledException) when (over.IsCancellationRequested)
        {
            // The agent went away, or the door stops: it will come back.
        }
        finally
        {
            budget.Leave(actor);
        }
        return TypedResults.Empty;
    }

    private async Task FollowAsync(HttpContext http, HostKey host, WorkList told, CancellationToken over)
    {
        await BeatAsync(http, host, over);
        var lastBeat = time.GetTimestamp();
        while (await recheck.StillGoodAsync(http, over))
        {
            await Task.Delay(Poll, time, over);
            if (await TryAsync(host, grain => grain.WorkAsync(CancellationToken.None), over) is { } now && !now.Items.SequenceEqual(told.Items))
            {
                await writer.SendAsync(http.Response, "work", now.Items, over);
                told = now;
            }
            if (time.GetElapsedTime(lastBeat) >= Heartbeat)
            {
                lastBeat = time.GetTimestamp();
                await EventWriter.SendHeartbeatAsync(http.Response, over);
                await BeatAsync(http, host, over);
            }
        }
    }

    private Task<HostView?> BeatAsync(HttpContext http, HostKey host, CancellationToken over)
    {
        var beat = new HostBeat { Caller = CallerOf.Request(http) };
        return TryAsync(host, grain => grain.BeatAsync(beat, CancellationToken.None), over);
    }

    /// <summary>Null while the service is away: the agent keeps waiting, heartbeats go on.</summary>
    private async Task<T?> TryAsync<T>(HostKey host, Func<IHostGrain, Task<Reply<T>>> ask, CancellationToken over)
        where T : class
    {
        try
        {
            return (await cluster.AskAsync(grains => ask(grains.Get(host)), over)).Value;
        }
        catch (Exception fault) when (fault is ClusterUnavailableException or StorageUnavailableException)
        {
            return null;
        }
    }
}
