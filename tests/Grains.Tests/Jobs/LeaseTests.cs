using BackupOnline.Grains.Interfaces.Jobs;
using BackupOnline.Grains.Interfaces.Names;
using BackupOnline.Grains.Tests.Running;

namespace BackupOnline.Grains.Tests.Jobs;

/// <summary>Runs whose agent falls silent, on a cluster of their own with short leases.</summary>
public sealed class LeaseTests(GrainsFixture fixture) : IAsyncLifetime
{
    private GrainCluster cluster = null!;

    public async ValueTask InitializeAsync() => cluster = await fixture.StartClusterAsync(World.Name("s"), silos: 1, jobs =>
    {
        jobs.Lease = TimeSpan.FromSeconds(1.5);
        jobs.ProgressWrittenEvery = TimeSpan.FromSeconds(1);
        jobs.MaxAttempts = 2;
    });

    public ValueTask DisposeAsync() => cluster.DisposeAsync();

    [Fact]
    public async Task A_lease_ends_when_nobody_asks_and_the_same_attempt_may_come_back()
    {
        var (world, job, id) = await OpenAsync();

        var listed = await Eventually.Async("an interrupted run in the list", () => ListedAsync(world, id), view => view.Status == JobStatus.Interrupted);
        Assert.Null(listed.LeaseEndsAt);

        var back = await World.Must(job.ReportAsync(new() { Caller = World.NewCaller(), Attempt = 1, Progress = new() }, default));
        Assert.Equal((JobStatus.Running, 1), (back.Status, back.Attempt));
        await World.Must(job.FinishAsync(new() { Caller = World.NewCaller(), Attempt = 1, ExitCode = 0 }, default));
        Assert.Equal(["job.started", "job.interrupted", "job.resumed", "job.succeeded"], await EventsAsync(world, id));
    }

    [Fact]
    public async Task A_lease_that_ended_while_nothing_ran_ends_at_the_alarm()
    {
        var (world, job, id) = await OpenAsync();
        await cluster.ForgetAsync(job);
        cluster.Clock.Advance(TimeSpan.FromMinutes(3));

        await job.AsReference<IRemindable>().ReceiveReminder("alarm", default);

        Assert.Equal(JobStatus.Interrupted, (await ListedAsync(world, id)).Status);
    }

    [Fact]
    public async Task The_host_goes_on_with_an_interrupted_run_and_a_run_that_is_silent_too_often_has_failed()
    {
        var (world, job, id) = await OpenAsync();
        await Eventually.Async("an interruption", () => World.Must(job.ReadAsync(default)), view => view.Status == JobStatus.Interrupted);

        var next = await OpenNextAsync(world);
        Assert.Equal((id, 2), (next.Id, next.Attempt));

        var failed = await Eventually.Async("the end of the last attempt", () => World.Must(job.ReadAsync(default)), view => view.EndedAt is not null);
        Assert.Equal((JobStatus.Failed, "The agent fell silent too often."), (failed.Status, failed.Message));
        var fresh = await OpenNextAsync(world);
        Assert.NotEqual(id, fresh.Id);
        Assert.Equal(1, fresh.Attempt);
    }

    [Fact]
    public async Task A_run_that_nobody_takes_up_fails_after_its_deadline()
    {
        var (world, job, id) = await OpenAsync();
        await Eventually.Async("an interruption", () => World.Must(job.ReadAsync(default)), view => view.Status == JobStatus.Interrupted);
        cluster.Clock.Advance(TimeSpan.FromHours(24));

        await job.AsReference<IRemindable>().ReceiveReminder("alarm", default);

        Assert.Equal(JobStatus.Failed, (await ListedAsync(world, id)).Status);
    }

    [Fact]
    public async Task A_snapshot_closes_the_backup_of_an_agent_that_lost_its_voice()
    {
        var (world, job, _) = await OpenAsync();
        var arrival = world.Arrival(cluster.Clock.GetUtcNow(), world.HostKeyId);

        await World.Must(world.AnnounceAsync(arrival));

        var ended = await Eventually.Async("a proven end", () => World.Must(job.ReadAsync(default)), view => view.EndedAt is not null);
        Assert.Equal((JobStatus.Succeeded, arrival.Snapshot, null), (ended.Status, ended.Snapshot, ended.ExitCode));
        await Eventually.Async("a host without open runs", () => World.Must(world.HostGrain.ReadAsync(default)), view => view.OpenJobs.IsEmpty);
    }

    [Fact]
    public async Task A_snapshot_that_is_announced_after_the_interruption_closes_it_too_and_anothers_does_not()
    {
        var (world, job, _) = await OpenAsync();
        var opened = cluster.Clock.GetUtcNow();
        await Eventually.Async("an interruption", () => World.Must(job.ReadAsync(default)), view => view.Status == JobStatus.Interrupted);

        await World.Must(world.AnnounceAsync(world.Arrival(opened, $"c{new string('b', 20)}")));
        await World.Must(world.AnnounceAsync(world.Arrival(opened.AddDays(-1), world.HostKeyId)));
        Assert.Equal(JobStatus.Interrupted, (await World.Must(job.ReadAsync(default))).Status);
        await World.Must(world.AnnounceAsync(world.Arrival(opened, world.HostKeyId)));

        await Eventually.Async("a proven end", () => World.Must(job.ReadAsync(default)), view => view.Status == JobStatus.Succeeded);
    }

    [Fact]
    public async Task A_restarted_agent_whose_snapshot_had_arrived_gets_a_new_run()
    {
        var (world, job, id) = await OpenAsync();
        var arrival = world.Arrival(cluster.Clock.GetUtcNow(), world.HostKeyId);
        await job.SnapshotArrivedAsync(arrival, default);

        var next = await OpenNextAsync(world);

        Assert.NotEqual(id, next.Id);
        Assert.Equal((JobStatus.Running, 1), (next.Status, next.Attempt));
        Assert.Equal((JobStatus.Succeeded, arrival.Snapshot), ((await World.Must(job.ReadAsync(default))).Status, (await World.Must(job.ReadAsync(default))).Snapshot));
    }

    private static Task<JobView> OpenNextAsync(World world) =>
        World.Must(world.HostGrain.OpenJobAsync(new() { Caller = World.NewCaller(), Kind = JobKind.Backup, Vault = world.Vault }, default));

    private async Task<(World World, IJobGrain Job, string Id)> OpenAsync()
    {
        var world = await new World(cluster).WithHostAsync();
        var view = await OpenNextAsync(world);
        return (world, cluster.Grains.Get(new JobKey(world.Tenant, view.Id)), view.Id);
    }

    private async Task<JobView> ListedAsync(World world, string id) =>
        BackupOnline.Persistence.Storage.ListingJson.Read<JobView>((await cluster.Listings.FindAsync("job", world.Tenant, id, default))!.View);

    private async Task<List<string>> EventsAsync(World world, string id)
    {
        await cluster.Grains.Get(new LogKey(world.Tenant)).DrainAsync(default);
        return [.. (await cluster.Log.PageAsync(world.Tenant, 0, 100, default)).Where(e => e.Fact.Subject == $"job/{world.Tenant}/{id}").Select(e => e.Fact.Event)];
    }
}
