using BackupOnline.Grains.Interfaces.BackupSets;
using BackupOnline.Grains.Interfaces.Names;
using BackupOnline.Grains.Interfaces.Replies;
using BackupOnline.Grains.Interfaces.Vaults;
using BackupOnline.Grains.Tests.Running;
using BackupOnline.Persistence.Queries;

namespace BackupOnline.Grains.Tests.Vaults;

public sealed class ArrivalTests(GrainsFixture fixture)
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private GrainCluster Cluster => fixture.Cluster;

    [Fact]
    public async Task An_arrival_is_recorded_once_however_often_it_is_told()
    {
        var world = await new World(Cluster).WithVaultAsync();
        var (first, second) = (world.Arrival(Noon), world.Arrival(Noon.AddMinutes(5)));

        Assert.True((await world.AnnounceAsync(second, first, first)).IsFirst);
        var again = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => world.AnnounceAsync(first, second)));

        Assert.All(again, reply => Assert.False(reply.IsFirst));
        var view = await World.Must(world.VaultGrain.ReadAsync(default));
        Assert.Equal((2L, Noon.AddMinutes(5)), (view.SnapshotsArrived, view.LastSnapshotAt));
        Assert.Equal(new ArrivalSummary(2, Noon.AddMinutes(5)), await new ArrivalLedger(fixture.Database).CountAndLatestAsync(world.Tenant, "main", default));
        await Cluster.Grains.Get(new LogKey(world.Tenant)).DrainAsync(default);
        Assert.Equal(2, (await fixture.Log.PageAsync(world.Tenant, 0, 100, default)).Count(e => e.Fact.Event == "snapshot.arrived"));
    }

    [Fact]
    public async Task A_malformed_announcement_is_refused_whole()
    {
        var world = await new World(Cluster).WithVaultAsync();
        var good = world.Arrival(Noon);

        await World.Refused(RefusalKind.Invalid, "snapshot-invalid", world.AnnounceAsync(good, good with { Snapshot = "../../etc/passwd" }));
        await World.Refused(RefusalKind.Invalid, "bytes-invalid", world.AnnounceAsync(good with { Bytes = -1 }));
        await World.Refused(RefusalKind.Invalid, "too-many-snapshots", world.AnnounceAsync([.. Enumerable.Repeat(good, 1001)]));
        await World.Refused(RefusalKind.Invalid, "too-many-snapshots", world.VaultGrain.AnnounceSnapshotsAsync(new() { Node = world.Node, Snapshots = default }, default));
        await World.Refused(RefusalKind.Conflict, "not-this-node", world.VaultGrain.AnnounceSnapshotsAsync(new() { Node = "other", Snapshots = [good] }, default));
        Assert.Equal(0, (await World.Must(world.VaultGrain.ReadAsync(default))).SnapshotsArrived);
    }

    [Fact]
    public async Task A_thousand_arrivals_at_once_leave_the_state_small()
    {
        var world = await new World(Cluster).WithVaultAsync();

        await World.Must(world.AnnounceAsync([.. Enumerable.Range(0, 1000).Select(i => world.Arrival(Noon.AddSeconds(i)))]));

        Assert.Equal(1000, (await World.Must(world.VaultGrain.ReadAsync(default))).SnapshotsArrived);
        await using var size = fixture.Owner.CreateCommand("select max(length(payload)) from grain_state where state_name = 'vault.v1' and grain_id like $1");
        size.Parameters.Add(new() { Value = $"%{world.Tenant}%" });
        Assert.InRange((int)(await size.ExecuteScalarAsync())!, 1, 10_000);
    }

    [Fact]
    public async Task Sets_are_told_of_arrivals_of_their_host()
    {
        var world = await new World(Cluster).WithHostAsync();
        var (any, ofHost) = (Set(world, "any"), Set(world, "of-host"));
        await World.Must(any.CreateAsync(new() { Caller = World.NewCaller(), Vault = "main", ExpectedEvery = TimeSpan.FromDays(1) }, default));
        await World.Must(ofHost.CreateAsync(new() { Caller = World.NewCaller(), Vault = "main", Host = world.Host, ExpectedEvery = TimeSpan.FromDays(1) }, default));
        var (stock, agents) = (world.Arrival(Noon, $"c{new string('a', 20)}"), world.Arrival(Noon.AddHours(-1), world.HostKeyId));

        await World.Must(world.AnnounceAsync(stock, agents));

        await Told(any, stock);
        await Told(ofHost, agents);
    }

    [Fact]
    public async Task A_set_is_told_after_a_crash_between_the_record_and_the_telling()
    {
        var world = await new World(Cluster).WithVaultAsync();
        var set = Set(world, "docs");
        await World.Must(set.CreateAsync(new() { Caller = World.NewCaller(), Vault = "main", ExpectedEvery = TimeSpan.FromDays(1) }, default));
        var (key, method) = ($"set/{world.Tenant}/docs", nameof(IBackupSetGrain.SnapshotArrivedAsync));
        Cluster.Faults.Break(key, method);
        var arrival = world.Arrival(Noon);

        await World.Must(world.AnnounceAsync(arrival));
        await Eventually.Async("a try to tell", () => Task.FromResult(Cluster.Faults.Count(key, method)), count => count > 0);
        await Cluster.ForgetAsync(world.VaultGrain);
        Cluster.Faults.Heal(key, method);
        Assert.Null((await World.Must(set.ReadAsync(default))).LastSnapshot);

        // Any call wakes the vault, and with it what it has not told yet.
        await World.Must(world.VaultGrain.ReadAsync(default));
        await Told(set, arrival);
    }

    private static Task<BackupSetView> Told(IBackupSetGrain set, SnapshotArrival arrival) =>
        Eventually.Async("the set's last snapshot", () => World.Must(set.ReadAsync(default)), view => view.LastSnapshot == arrival.Snapshot);

    private IBackupSetGrain Set(World world, string name) => Cluster.Grains.Get(new BackupSetKey(world.Tenant, name));
}
