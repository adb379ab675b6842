using System.Collections.Concurrent;
using BackupOnline.Grains.Interfaces.Hosts;
using BackupOnline.Grains.Interfaces.Jobs;
using BackupOnline.Grains.Interfaces.Names;
using BackupOnline.Grains.Interfaces.Replies;
using BackupOnline.Grains.Interfaces.Streams;
using BackupOnline.Grains.Tests.Running;
using BackupOnline.Persistence.Storage;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Streams;

namespace BackupOnline.Grains.Tests.Jobs;

public sealed class JobTests(GrainsFixture fixture)
{
    private static readonly JobProgress Half = new() { FilesDone = 5, FilesTotal = 10, BytesDone = 50, BytesTotal = 100, BytesSent = 20 };

    private GrainCluster Cluster => fixture.Cluster;

    [Fact]
    public async Task A_run_reports_and_ends_once()
    {
        var (world, job, id) = await OpenAsync();

        var reported = await World.Must(job.ReportAsync(new() { Caller = World.NewCaller(), Attempt = 1, Progress = Half }, default));
        var finish = new FinishJob { Caller = World.NewCaller(), Attempt = 1, ExitCode = 3, Snapshot = World.TextHash, Message = "2 files could not be read." };
        var ended = await World.Must(job.FinishAsync(finish, default));

        Assert.Equal((JobStatus.Running, Half), (reported.Status, reported.Progress));
        Assert.Equal((JobStatus.Partial, 3, World.TextHash, finish.Message, Half), (ended.Status, ended.ExitCode, ended.Snapshot, ended.Message, ended.Progress));
        Assert.NotNull(ended.EndedAt);
        Assert.Null(ended.LeaseEndsAt);
        Assert.False((await job.FinishAsync(finish, default)).IsFirst);
        Assert.False((await job.FinishAsync(finish with { Caller = World.NewCaller() }, default)).IsFirst);
        await World.Refused(RefusalKind.Conflict, "job-ended", job.FinishAsync(finish with { Caller = World.NewCaller(), ExitCode = 0 }, default));
        await World.Refused(RefusalKind.Conflict, "idempotency-key-reused", job.FinishAsync(finish with { ExitCode = 0 }, default));
        await World.Refused(RefusalKind.Conflict, "job-ended", job.ReportAsync(new() { Caller = World.NewCaller(), Attempt = 1, Progress = Half }, default));
        var listed = await fixture.Listings.FindByNameAsync(ListingKind.Job, id, default);
        Assert.Equal((world.Tenant, JobStatus.Partial), (listed!.Scope, ListingJson.Read<JobView>(listed.View).Status));
        Assert.Equal(["job.started", "job.partial"], await EventsAsync(world, id));
    }

    [Fact]
    public async Task Outcomes_that_race_give_one_end()
    {
        var (world, job, id) = await OpenAsync();

        var replies = await Task.WhenAll(Enumerable.Range(0, 10).Select(i =>
            job.FinishAsync(new() { Caller = World.NewCaller(), Attempt = 1, ExitCode = i % 2 }, default)));

        Assert.Single(replies, r => r is { Succeeded: true, IsFirst: true });
        Assert.Equal(2, (await EventsAsync(world, id)).Count);
    }

    [Fact]
    public async Task An_older_attempt_is_superseded()
    {
        var (world, job, id) = await OpenAsync();
        Assert.Equal(2, (await World.Must(OpenNextAsync(world))).Attempt);

        await World.Refused(RefusalKind.Conflict, "attempt-superseded", job.ReportAsync(new() { Caller = World.NewCaller(), Attempt = 1, Progress = Half }, default));
        await World.Refused(RefusalKind.Conflict, "attempt-superseded", job.FinishAsync(new() { Caller = World.NewCaller(), Attempt = 1, ExitCode = 0 }, default));
        await World.Refused(RefusalKind.Conflict, "attempt-unknown", job.ReportAsync(new() { Caller = World.NewCaller(), Attempt = 3, Progress = Half }, default));
        await World.Must(job.FinishAsync(new() { Caller = World.NewCaller(), Attempt = 2, ExitCode = 0 }, default));
        Assert.Equal(["job.started", "job.started", "job.succeeded"], await EventsAsync(world, id));
    }

    [Fact]
    public async Task An_unknown_run_and_odd_reports_are_refused()
    {
        var (world, job, _) = await OpenAsync();
        var nowhere = Cluster.Grains.Get(new JobKey(world.Tenant, JobKey.NewId(DateTimeOffset.UnixEpoch)));

        await World.Refused(RefusalKind.NotFound, "job-not-found", nowhere.ReadAsync(default));
        await World.Refused(RefusalKind.NotFound, "job-not-found", nowhere.ReportAsync(new() { Caller = World.NewCaller(), Attempt = 1, Progress = Half }, default));
        await World.Refused(RefusalKind.NotFound, "job-not-found", nowhere.FinishAsync(new() { Caller = World.NewCaller(), Attempt = 1, ExitCode = 0 }, default));
        await nowhere.SnapshotArrivedAsync(world.Arrival(DateTimeOffset.UnixEpoch), default);
        await World.Refused(RefusalKind.Invalid, "progress-invalid", job.ReportAsync(new() { Caller = World.NewCaller(), Attempt = 1, Progress = new() { BytesDone = -1 } }, default));
        await World.Refused(RefusalKind.Invalid, "message-invalid", job.FinishAsync(new() { Caller = World.NewCaller(), Attempt = 1, ExitCode = 0, Message = new string('x', 501) }, default));
        await World.Refused(RefusalKind.Conflict, "job-differs", job.StartAsync(new() { Caller = World.NewCaller(), Kind = JobKind.Check, Host = world.Host, Vault = "main" }, default));
    }

    [Fact]
    public async Task Reports_between_two_writes_are_kept_in_memory_and_lose_nothing_that_matters()
    {
        var (_, job, _) = await OpenAsync();
        var first = await World.Must(job.ReadAsync(default));

        var reported = await World.Must(job.ReportAsync(new() { Caller = World.NewCaller(), Attempt = 1, Progress = Half }, default));
        Assert.Equal((first.Version, Half), (reported.Version, reported.Progress));
        await Cluster.ForgetAsync(job);

        var read = await World.Must(job.ReadAsync(default));
        Assert.Equal((JobStatus.Running, 1, first.LeaseEndsAt), (read.Status, read.Attempt, read.LeaseEndsAt));
        Assert.Equal(Half, (await World.Must(job.ReportAsync(new() { Caller = World.NewCaller(), Attempt = 1, Progress = Half }, default))).Progress);
    }

    [Fact]
    public async Task Progress_and_changes_of_status_go_out_on_the_streams()
    {
        var (_, job, id) = await OpenAsync();
        var (progress, views) = (new ConcurrentQueue<JobProgress>(), new ConcurrentQueue<JobView>());
        var live = Cluster.Client.GetRequiredKeyedService<IStreamProvider>(LiveStreams.Name);
        await live.GetStream<JobProgress>(StreamId.Create(JobProgress.StreamNamespace, id)).SubscribeAsync((p, _) => Put(progress, p));
        await live.GetStream<JobView>(StreamId.Create(JobView.StreamNamespace, id)).SubscribeAsync((v, _) => Put(views, v));

        await World.Must(job.ReportAsync(new() { Caller = World.NewCaller(), Attempt = 1, Progress = Half }, default));
        await World.Must(job.FinishAsync(new() { Caller = World.NewCaller(), Attempt = 1, ExitCode = 0 }, default));

        await Eventually.Async("progress and end on the streams", () => Task.FromResult((progress.Count, views.LastOrDefault()?.Status)), seen => seen is { Item1: > 0, Item2: JobStatus.Succeeded });
        Assert.Equal(Half, progress.First());

        static Task Put<T>(ConcurrentQueue<T> queue, T item)
        {
            queue.Enqueue(item);
            return Task.CompletedTask;
        }
    }

    [Fact]
    public async Task The_host_is_told_of_the_end_again_when_the_first_telling_failed()
    {
        var (world, job, id) = await OpenAsync();
        var (key, method) = ($"host/{world.Tenant}/{world.Host}", nameof(IHostGrain.JobEndedAsync));
        Cluster.Faults.Break(key, method);
        await World.Must(job.FinishAsync(new() { Caller = World.NewCaller(), Attempt = 1, ExitCode = 0 }, default));
        await Eventually.Async("a try to tell the host", () => Task.FromResult(Cluster.Faults.Count(key, method)), count => count > 0);
        await Cluster.ForgetAsync(job);
        Cluster.Faults.Heal(key, method);
        Assert.Equal([id], (await World.Must(world.HostGrain.ReadAsync(default))).OpenJobs);

        await job.AsReference<IRemindable>().ReceiveReminder("alarm", default);

        await Eventually.Async("a host without open runs", () => World.Must(world.HostGrain.ReadAsync(default)), view => view.OpenJobs.IsEmpty);
        await Eventually.Async("no alarm of the run", () => AlarmsAsync(id), count => count == 0);
    }

    private async Task<long> AlarmsAsync(string id)
    {
        await using var count = fixture.Owner.CreateCommand("select count(*) from reminder where grain_id like $1");
        count.Parameters.Add(new() { Value = $"%{id}%" });
        return (long)(await count.ExecuteScalarAsync())!;
    }

    private static Task<Reply<JobView>> OpenNextAsync(World world) =>
        world.HostGrain.OpenJobAsync(new() { Caller = World.NewCaller(), Kind = JobKind.Backup, Vault = world.Vault }, default);

    private async Task<(World World, IJobGrain Job, string Id)> OpenAsync()
    {
        var world = await new World(Cluster).WithHostAsync();
        var view = await World.Must(OpenNextAsync(world));
        return (world, Cluster.Grains.Get(new JobKey(world.Tenant, view.Id)), view.Id);
    }

    private async Task<List<string>> EventsAsync(World world, string id)
    {
        await Cluster.Grains.Get(new LogKey(world.Tenant)).DrainAsync(default);
        return [.. (await fixture.Log.PageAsync(world.Tenant, 0, 100, default)).Where(e => e.Fact.Subject == $"job/{world.Tenant}/{id}").Select(e => e.Fact.Event)];
    }
}
