using BackupOnline.Grains.Interfaces.Jobs;
using BackupOnline.Grains.Interfaces.VirtualMachines;
using BackupOnline.Grains.Tests.Running;

namespace BackupOnline.Grains.Tests.VirtualMachines;

/// <summary>Days that come and go, on a cluster whose clock the test moves.</summary>
public sealed class VmDaysTests(GrainsFixture fixture) : IAsyncLifetime
{
    private static readonly byte[] Png = [137, 80, 78, 71];

    private GrainCluster cluster = null!;
    private VmWorld world = null!;

    public async ValueTask InitializeAsync()
    {
        cluster = await GrainCluster.StartAsync(fixture.Apart, World.Name("s"), silos: 1, schedules: s => s.LookEvery = TimeSpan.FromMilliseconds(200), from: GrainCluster.Noon);
        world = await VmWorld.StartAsync(cluster);
    }

    public ValueTask DisposeAsync() => cluster.DisposeAsync();

    [Fact]
    public async Task Each_day_opens_one_run_at_its_instant_and_thirty_days_later_the_first_point_goes_with_its_reason()
    {
        await world.CreateAsync();
        var first = await DayAsync(hours: 10);
        var second = await DayAsync(hours: 24);

        // The window stands still at the last good point while none arrives.
        cluster.Clock.Advance(TimeSpan.FromDays(33));
        await world.EventuallyAsync("the days that were lost", view => view.Incidents.Any(i => i.Kind == "day-lost"));
        Assert.Equal(2, (await World.Must(world.Vm().ReadAsync(default))).Points);
        var third = await world.BackUpAsync((await world.OfferAsync()).Job);

        var view = await world.EventuallyAsync("the third point", v => v.LastPoint?.Point.Snapshot == third.Snapshot);
        Assert.Equal(1, view.Points);
        Assert.Empty(view.Incidents);
        var days = await World.Must(world.Vm().DaysAsync(default));
        Assert.Equal(new[] { second.Snapshot, first.Snapshot }.Order(), days.Removed.Select(gone => gone.Snapshot).Order());
        Assert.All(days.Removed, gone => Assert.Equal("outside-window", gone.Reason));
        Assert.Equal(32, days.Days.Count(day => day.Standing == VmDayStanding.Lost));
        Assert.Equal(2, days.Days.Count(day => day.Standing == VmDayStanding.Covered));
    }

    [Fact]
    public async Task What_goes_is_ordered_to_be_forgotten_by_the_storage_side_with_its_reason()
    {
        var hot = new World(cluster);
        world = new(cluster, await (await hot.WithHotVaultAsync()).EnrolAsync());
        await world.CreateAsync();
        var first = await DayAsync(hours: 10);
        cluster.Clock.Advance(TimeSpan.FromDays(33));
        await world.BackUpAsync((await world.OfferAsync()).Job);

        await world.EventuallyAsync("one point", view => view.Points == 1 && view.LastPoint!.Point.Snapshot != first.Snapshot);

        Assert.Equal(1, (await World.Must(hot.VaultGrain.ReadAsync(default))).SnapshotsToForget);
        Assert.Contains("snapshot.forget-ordered", await hot.EventsAsync());
    }

    [Fact]
    public async Task A_host_that_stays_away_loses_the_day_with_its_cause_and_catches_up_as_soon_as_it_is_there()
    {
        await world.CreateAsync();
        cluster.Clock.Advance(TimeSpan.FromHours(10) + TimeSpan.FromMinutes(1));
        var lost = await world.OfferAsync();
        cluster.Clock.Advance(TimeSpan.FromMinutes(70));
        var risk = await world.EventuallyAsync("a day at risk", view => view.Incidents.Any(i => i.Kind == "day-at-risk"));
        Assert.Equal("host-away", risk.Incidents[0].Cause);

        cluster.Clock.Advance(TimeSpan.FromHours(3));
        var next = await Eventually.Async("another run", () => world.OfferAsync(), offer => offer.Job != lost.Job);
        var view = await world.EventuallyAsync("a lost day", v => v.Incidents.Any(i => i.Kind == "day-lost"));
        Assert.Equal("host-away", view.Incidents.Single(i => i.Kind == "day-lost").Cause);
        Assert.Equal("2026-10-21", view.Today.Day);
        Assert.Equal(JobStatus.Failed, (await World.Must(world.Job(lost.Job).ReadAsync(default))).Status);

        await world.BackUpAsync(next.Job);
        var healed = await world.EventuallyAsync("a covered day", v => v.Today.Standing == VmTodayStanding.Covered);
        Assert.Empty(healed.Incidents);
        Assert.Equal(new DateTimeOffset(2026, 10, 22, 20, 0, 0, TimeSpan.Zero), healed.Today.LookAt);
    }

    [Fact]
    public async Task An_attempt_that_falls_silent_is_offered_again_and_a_late_word_of_a_lost_run_still_counts()
    {
        await world.CreateAsync();
        cluster.Clock.Advance(TimeSpan.FromHours(10) + TimeSpan.FromMinutes(1));
        var job = (await world.OfferAsync()).Job;
        await world.TakeAsync(job);
        var at = cluster.Clock.GetUtcNow();
        cluster.Clock.Advance(TimeSpan.FromMinutes(35));
        await world.OfferAsync();

        cluster.Clock.Advance(TimeSpan.FromHours(2));
        await world.EventuallyAsync("a lost day", view => view.Incidents.Any(i => i.Kind == "day-lost"));
        await World.Must(world.Job(job).FinishAsync(new() { Caller = World.NewCaller(), Attempt = 1, ExitCode = 0, Point = world.Point(at: at) }, default));

        await world.EventuallyAsync("the point of the day before", view => view.LastPoint?.Day == "2026-10-20");
        var days = await World.Must(world.Vm().DaysAsync(default));
        Assert.Equal(VmDayStanding.Covered, days.Days.Single(day => day.Day == "2026-10-20").Standing);
    }

    [Fact]
    public async Task A_boot_test_comes_weekly_where_the_host_can_and_its_verdict_stands_at_the_point()
    {
        await world.CreateAsync();
        await world.BeatAsync("linux", "boot-test");
        var point = await DayAsync(hours: 10);
        cluster.Clock.Advance(TimeSpan.FromDays(8));

        var offer = await world.OfferAsync(JobKind.VmBootTest);
        Assert.Equal(point.Snapshot, (await World.Must(world.Vm().OrderAsync(offer.Job, default))).Snapshot);
        await world.TakeAsync(offer.Job);
        await World.Must(world.Job(offer.Job).FinishAsync(
            new() { Caller = World.NewCaller(), Attempt = 1, ExitCode = 0, Boot = new() { Good = true, Verdict = "probe-answered", Seconds = 2.5, Picture = Png } }, default));

        await Eventually.Async("a tested point", () => World.Must(world.Vm().PointsAsync(default)), list => list.Items.Any(p => p.Boot is { Good: true, HasPicture: true }));
        Assert.Equal(Png, (await World.Must(world.Job(offer.Job).PictureAsync(default))).Png);
    }

    private async Task<VmPoint> DayAsync(int hours)
    {
        cluster.Clock.Advance(TimeSpan.FromHours(hours) + TimeSpan.FromSeconds(30));
        var point = await world.BackUpAsync((await world.OfferAsync()).Job, VmDiskBasis.Incremental);
        await world.EventuallyAsync("the day's point", view => view.LastPoint?.Point.Snapshot == point.Snapshot);
        return point;
    }
}
