using BackupOnline.Grains.Interfaces.BackupSets;
using BackupOnline.Grains.Interfaces.Names;
using BackupOnline.Grains.Interfaces.Replies;
using BackupOnline.Grains.Tests.Running;
using BackupOnline.Persistence.Storage;

namespace BackupOnline.Grains.Tests.BackupSets;

public sealed class BackupSetTests(GrainsFixture fixture)
{
    [Fact]
    public async Task A_set_is_created_once_and_waits()
    {
        var world = await new World(fixture.Cluster).WithVaultAsync();
        var request = Request();

        var first = await Set(world).CreateAsync(request, default);
        var second = await Set(world).CreateAsync(request, default);

        Assert.True(first.IsFirst);
        Assert.False(second.IsFirst);
        Assert.Equal((Freshness.Waiting, TimeSpan.FromDays(1), "main"), (first.Value!.Freshness, first.Value.ExpectedEvery, first.Value.Vault));
        Assert.NotNull(await fixture.Listings.FindAsync(ListingKind.BackupSet, world.Tenant, "docs", default));
        await World.Refused(RefusalKind.Conflict, "set-exists", Set(world).CreateAsync(request with { Caller = World.NewCaller() }, default));
        await World.Refused(RefusalKind.Conflict, "idempotency-key-reused", Set(world).CreateAsync(request with { ExpectedEvery = TimeSpan.FromHours(2) }, default));
    }

    [Fact]
    public async Task A_set_of_an_unknown_vault_or_host_or_with_an_odd_rhythm_is_refused()
    {
        var world = await new World(fixture.Cluster).WithVaultAsync();

        await World.Refused(RefusalKind.NotFound, "set-not-found", Set(world).ReadAsync(default));
        await World.Refused(RefusalKind.NotFound, "vault-not-found", Set(world).CreateAsync(Request() with { Vault = "nowhere" }, default));
        await World.Refused(RefusalKind.NotFound, "host-not-found", Set(world).CreateAsync(Request() with { Host = "nobody" }, default));
        await World.Refused(RefusalKind.Invalid, "vault-invalid", Set(world).CreateAsync(Request() with { Vault = "x" }, default));
        await World.Refused(RefusalKind.Invalid, "rhythm-invalid", Set(world).CreateAsync(Request() with { ExpectedEvery = TimeSpan.FromMinutes(59) }, default));
        await World.Refused(RefusalKind.Invalid, "rhythm-invalid", Set(world).CreateAsync(Request() with { ExpectedEvery = TimeSpan.FromDays(367) }, default));
    }

    [Fact]
    public async Task Freshness_is_that_of_the_moment_of_reading()
    {
        await using var cluster = await fixture.StartClusterAsync(World.Name("s"), silos: 1);
        var world = await new World(cluster).WithVaultAsync();
        var set = cluster.Grains.Get(new BackupSetKey(world.Tenant, "docs"));
        await World.Must(set.CreateAsync(Request(), default));

        await World.Must(world.AnnounceAsync(world.Arrival(cluster.Clock.GetUtcNow())));
        await Eventually.Async("a fresh set", () => World.Must(set.ReadAsync(default)), view => view.Freshness == Freshness.Fresh);
        cluster.Clock.Advance(TimeSpan.FromHours(25));

        Assert.Equal(Freshness.Late, (await World.Must(set.ReadAsync(default))).Freshness);
    }

    [Fact]
    public async Task An_overdue_set_is_told_once_per_lapse_and_again_when_a_snapshot_arrives()
    {
        await using var cluster = await fixture.StartClusterAsync(World.Name("s"), silos: 1);
        var world = await new World(cluster).WithVaultAsync();
        await World.Must(cluster.Grains.Get(new BackupSetKey(world.Tenant, "docs")).CreateAsync(Request(), default));

        cluster.Clock.Advance(TimeSpan.FromHours(25));
        await Eventually.Async("an overdue set in the list", () => ListedAsync(cluster, world), view => view.Freshness == Freshness.Late);
        cluster.Clock.Advance(TimeSpan.FromDays(5));
        await World.Must(world.AnnounceAsync(world.Arrival(cluster.Clock.GetUtcNow())));
        await Eventually.Async("a fresh set in the list", () => ListedAsync(cluster, world), view => view.Freshness == Freshness.Fresh);
        cluster.Clock.Advance(TimeSpan.FromHours(25));
        await Eventually.Async("a second lapse in the list", () => ListedAsync(cluster, world), view => view.Freshness == Freshness.Late);

        await cluster.Grains.Get(new LogKey(world.Tenant)).DrainAsync(default);
        var told = (await cluster.Log.PageAsync(world.Tenant, 0, 100, default)).Select(e => e.Fact.Event).Where(e => e is "set.overdue" or "set.fresh-again");
        Assert.Equal(["set.overdue", "set.fresh-again", "set.overdue"], told);
    }

    [Fact]
    public async Task An_arrival_for_a_set_that_nobody_created_changes_nothing()
    {
        var world = await new World(fixture.Cluster).WithTenantAsync();

        await Set(world).SnapshotArrivedAsync(world.Arrival(DateTimeOffset.UnixEpoch), null, default);

        await World.Refused(RefusalKind.NotFound, "set-not-found", Set(world).ReadAsync(default));
    }

    private static async Task<BackupSetView> ListedAsync(GrainCluster cluster, World world) =>
        ListingJson.Read<BackupSetView>((await cluster.Listings.FindAsync(ListingKind.BackupSet, world.Tenant, "docs", default))!.View);

    private static CreateBackupSet Request() => new() { Caller = World.NewCaller(), Vault = "main", ExpectedEvery = TimeSpan.FromDays(1) };

    private IBackupSetGrain Set(World world) => fixture.Cluster.Grains.Get(new BackupSetKey(world.Tenant, "docs"));
}
