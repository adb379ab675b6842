using System.Text.Json;
using BackupOnline.Grains.Interfaces.Jobs;
using BackupOnline.Grains.Interfaces.Names;

namespace BackupOnline.Grains.Tests.Running;

public sealed class RestartTests(GrainsFixture fixture)
{
    [Fact]
    public async Task Everything_is_there_after_a_restart_of_the_whole_cluster()
    {
        var service = World.Name("s");
        string before, tenant, job;
        var operation = World.NewCaller();
        await using (var cluster = await fixture.StartClusterAsync(service, silos: 1))
        {
            var world = await new World(cluster).WithHostAsync();
            tenant = world.Tenant;
            await World.Must(cluster.Grains.Get(new BackupSetKey(tenant, "docs")).CreateAsync(
                new() { Caller = World.NewCaller(), Vault = "main", ExpectedEvery = TimeSpan.FromDays(1) }, default));
            job = (await World.Must(world.HostGrain.OpenJobAsync(new() { Caller = operation, Kind = JobKind.Backup, Vault = "main" }, default))).Id;
            before = await EverythingAsync(cluster, tenant, job);
        }

        await using var again = await fixture.StartClusterAsync(service, silos: 1);

        Assert.Equal(before, await EverythingAsync(again, tenant, job));
        var repeated = await again.Grains.Get(new HostKey(tenant, "web01")).OpenJobAsync(new() { Caller = operation, Kind = JobKind.Backup, Vault = "main" }, default);
        Assert.False(repeated.IsFirst);
        Assert.Equal((job, 1), (repeated.Value!.Id, repeated.Value.Attempt));
        var report = await World.Must(again.Grains.Get(new JobKey(tenant, job)).ReportAsync(new() { Caller = World.NewCaller(), Attempt = 1, Progress = new() }, default));
        Assert.Equal(JobStatus.Running, report.Status);
    }

    [Fact]
    public async Task When_one_of_two_silos_is_killed_commands_go_on_and_nothing_is_lost_or_done_twice()
    {
        await using var cluster = await fixture.StartClusterAsync(World.Name("s"), silos: 2);
        var worlds = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => new World(cluster).WithHostAsync()));
        var jobs = new List<string>();
        foreach (var world in worlds)
        {
            jobs.Add((await World.Must(world.HostGrain.OpenJobAsync(new() { Caller = World.NewCaller(), Kind = JobKind.Backup, Vault = "main" }, default))).Id);
        }

        await cluster.Silos.KillSiloAsync(cluster.Silos.Silos[1]);

        foreach (var (world, job) in worlds.Zip(jobs))
        {
            var grain = cluster.Grains.Get(new JobKey(world.Tenant, job));
            var report = new ReportProgress { Caller = World.NewCaller(), Attempt = 1, Progress = new() { BytesDone = 7 } };
            await Eventually.Async("a report that is heard", () => TryAsync(() => grain.ReportAsync(report, default)), heard => heard);
            var issue = new FinishJob { Caller = World.NewCaller(), Attempt = 1, ExitCode = 0 };
            await Eventually.Async("an outcome that is kept", () => TryAsync(() => grain.FinishAsync(issue, default)), heard => heard);
            await Eventually.Async("a drained log", () => TryAsync(() => cluster.Grains.Get(new LogKey(world.Tenant)).DrainAsync(default)), heard => heard);
            var events = (await cluster.Log.PageAsync(world.Tenant, 0, 100, default)).Where(e => e.Fact.Subject.StartsWith("job/", StringComparison.Ordinal)).Select(e => e.Fact.Event);
            Assert.Equal(["job.started", "job.succeeded"], events);
        }
    }

    private static async Task<bool> TryAsync<T>(Func<Task<T>> call)
    {
        try
        {
            await call();
            return true;
        }
        catch (Exception fault) when (fault is TimeoutException or OrleansException)
        {
            return false;
        }
    }

    private static async Task<string> EverythingAsync(GrainCluster cluster, string tenant, string job)
    {
        await cluster.Grains.Get(new LogKey(tenant)).DrainAsync(default);
        var log = await cluster.Log.PageAsync(tenant, 0, 100, default);
        return JsonSerializer.Serialize(new
        {
            Tenant = await World.Must(cluster.Grains.Get(new TenantKey(tenant)).ReadAsync(default)),
            Acceptances = await World.Must(cluster.Grains.Get(new TenantKey(tenant)).AcceptancesAsync(default)),
            Vault = await World.Must(cluster.Grains.Get(new VaultKey(tenant, "main")).ReadAsync(default)),
            Credentials = await World.Must(cluster.Grains.Get(new VaultKey(tenant, "main")).CredentialsAsync(default)),
            Set = await World.Must(cluster.Grains.Get(new BackupSetKey(tenant, "docs")).ReadAsync(default)),
            Host = await World.Must(cluster.Grains.Get(new HostKey(tenant, "web01")).ReadAsync(default)),
            Job = await World.Must(cluster.Grains.Get(new JobKey(tenant, job)).ReadAsync(default)),
            Log = log.Select(e => (e.Number, e.Fact.Event, e.Hash).ToString()),
        });
    }
}
