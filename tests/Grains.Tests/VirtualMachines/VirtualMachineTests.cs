using BackupOnline.Grains.Interfaces.Jobs;
using BackupOnline.Grains.Interfaces.Replies;
using BackupOnline.Grains.Interfaces.VirtualMachines;
using BackupOnline.Grains.Tests.Running;
using BackupOnline.Persistence.Storage;

namespace BackupOnline.Grains.Tests.VirtualMachines;

/// <summary>What people do with a virtual machine, and what its host does for it.</summary>
public sealed class VirtualMachineTests(GrainsFixture fixture)
{
    [Fact]
    public async Task A_machine_is_created_once_listed_and_waits_for_its_day()
    {
        var world = await VmWorld.StartAsync(fixture.Cluster);
        var request = world.Request() with { WindowLength = TimeSpan.FromHours(4) };

        var first = await world.Vm().CreateAsync(request, default);
        var again = await world.Vm().CreateAsync(request, default);

        Assert.True(first.IsFirst);
        Assert.False(again.IsFirst);
        var view = first.Value!;
        Assert.Equal(("web", "web01", "m-1", "22:00", VmTodayStanding.Waiting), (view.Name, view.Host, view.MachineId, view.WindowStart, view.Today.Standing));
        Assert.NotNull(view.Today.LookAt);
        var row = await fixture.Listings.FindAsync(ListingKind.Vm, world.Tenant, "web", default);
        Assert.Equal(view.Version, ListingJson.Read<VmView>(row!.View).Version);
        await World.Refused(RefusalKind.Conflict, "vm-exists", world.Vm().CreateAsync(request with { Caller = World.NewCaller() }, default));
        await World.Refused(RefusalKind.Conflict, "machine-taken", world.Vm("other").CreateAsync(request with { Caller = World.NewCaller() }, default));
        Assert.Equal(["vm.created"], await world.EventsAsync());
    }

    [Fact]
    public async Task What_cannot_be_is_refused_with_advice()
    {
        var world = await VmWorld.StartAsync(fixture.Cluster);
        var request = world.Request();

        await World.Refused(RefusalKind.NotFound, "host-not-found", world.Vm().CreateAsync(request with { Host = "nobody" }, default));
        await World.Refused(RefusalKind.Conflict, "vault-not-hosts", world.Vm().CreateAsync(request with { Vault = "other" }, default));
        await World.Refused(RefusalKind.Invalid, "window-start-invalid", world.Vm().CreateAsync(request with { WindowStart = "22h" }, default));
        await World.Refused(RefusalKind.Invalid, "time-invalid", world.Vm().CreateAsync(request with { WindowStart = "25:00" }, default));
        await World.Refused(RefusalKind.Invalid, "window-invalid", world.Vm().CreateAsync(request with { WindowLength = TimeSpan.FromHours(25) }, default));
        await World.Refused(RefusalKind.NotFound, "vm-not-found", world.Vm().ReadAsync(default));
        await World.Refused(RefusalKind.NotFound, "vm-not-found", world.Vm().RunAsync(new() { Caller = World.NewCaller() }, default));
        await World.Refused(RefusalKind.Invalid, "kind-invalid", world.Host.OpenJobAsync(new() { Caller = World.NewCaller(), Kind = JobKind.VmBackup, Vault = "main" }, default));
    }

    [Fact]
    public async Task Run_now_offers_a_job_whose_point_covers_the_day_and_a_second_one_is_extra()
    {
        var world = await VmWorld.StartAsync(fixture.Cluster);
        await world.CreateAsync();
        var ask = new RunVm { Caller = World.NewCaller() };

        var job = await World.Must(world.Vm().RunAsync(ask, default));
        Assert.Equal((JobStatus.Queued, 0, "web"), (job.Status, job.Attempt, job.Vm));
        Assert.Equal(job.Id, (await World.Must(world.Vm().RunAsync(ask, default))).Id);
        await World.Refused(RefusalKind.Conflict, "run-open", world.Vm().RunAsync(new() { Caller = World.NewCaller() }, default));
        Assert.Equal(job.Id, (await world.OfferAsync()).Job);
        var order = await World.Must(world.Vm().OrderAsync(job.Id, default));
        Assert.Equal((JobKind.VmBackup, "m-web", "main", VmConsistency.Application, 5000), (order.Kind, order.MachineId, order.Vault, order.Wanted, order.FreezeDeadlineMilliseconds));

        var point = await world.BackUpAsync(job.Id);

        var covered = await world.EventuallyAsync("a covered day", view => view.Today.Standing == VmTodayStanding.Covered);
        Assert.Equal((point.Snapshot, false, 1), (covered.LastPoint!.Point.Snapshot, covered.LastPoint.Extra, covered.Points));
        Assert.Equal(["window", "elapsed", "last-good"], covered.LastPoint.KeptFor);
        await Eventually.Async("a host without offers", () => World.Must(world.Host.WorkAsync(default)), work => work.Items.IsEmpty);

        var more = await World.Must(world.Vm().RunAsync(new() { Caller = World.NewCaller() }, default));
        await world.OfferAsync();
        await world.BackUpAsync(more.Id, VmDiskBasis.Incremental);
        var two = await world.EventuallyAsync("two points", view => view.Points == 2);
        Assert.True(two.LastPoint!.Extra);
        Assert.Equal(["vm.created", "vm.run-asked", "vm.point-made", "vm.run-asked", "vm.point-made"], await world.EventsAsync());
    }

    [Fact]
    public async Task An_attempt_is_taken_by_its_host_alone_once_and_a_failure_postpones_the_next()
    {
        var world = await VmWorld.StartAsync(fixture.Cluster);
        await world.CreateAsync();
        var id = (await World.Must(world.Vm().RunAsync(new() { Caller = World.NewCaller() }, default))).Id;

        await World.Refused(RefusalKind.NotFound, "job-not-found", world.Job(id).TakeAsync(new() { Caller = World.NewCaller(), Host = "other" }, default));
        var take = new TakeJob { Caller = World.NewCaller(), Host = world.World.Host };
        var taken = await World.Must(world.Job(id).TakeAsync(take, default));
        Assert.Equal((JobStatus.Running, 1), (taken.Status, taken.Attempt));
        Assert.Equal(1, (await World.Must(world.Job(id).TakeAsync(take, default))).Attempt);
        await World.Refused(RefusalKind.Conflict, "attempt-held", world.Job(id).TakeAsync(take with { Caller = World.NewCaller() }, default));

        var failed = await World.Must(world.Job(id).FinishAsync(
            new() { Caller = World.NewCaller(), Attempt = 1, ExitCode = 1, Failure = new() { Code = "disk-full", Fault = VmFault.Operator, Text = "The scratch disk is full." } }, default));
        Assert.Equal((JobStatus.Queued, "disk-full"), (failed.Status, failed.Failure!.Code));
        Assert.InRange(failed.NextAttemptAt!.Value - fixture.Cluster.Clock.GetUtcNow(), TimeSpan.FromMinutes(110), TimeSpan.FromHours(2));
        await World.Refused(RefusalKind.Conflict, "attempt-not-yet", world.Job(id).TakeAsync(take with { Caller = World.NewCaller() }, default));
        var told = await world.EventuallyAsync("an incident", view => view.Incidents.Any());
        Assert.Equal(("day-at-risk", "operator-needed"), (told.Incidents[0].Kind, told.Incidents[0].Cause));
        Assert.Contains("sauvegarde", told.Incidents[0].Text.Fr, StringComparison.Ordinal);
        Assert.Equal(failed.NextAttemptAt, (await world.OfferAsync()).NotBefore);
    }

    [Fact]
    public async Task An_outcome_without_what_its_kind_owes_is_refused_and_nothing_is_lost()
    {
        var world = await VmWorld.StartAsync(fixture.Cluster);
        await world.CreateAsync();
        var id = (await World.Must(world.Vm().RunAsync(new() { Caller = World.NewCaller() }, default))).Id;
        await world.TakeAsync(id);
        var finish = new FinishJob { Caller = World.NewCaller(), Attempt = 1, ExitCode = 0 };

        await World.Refused(RefusalKind.Invalid, "point-missing", world.Job(id).FinishAsync(finish, default));
        await World.Refused(RefusalKind.Invalid, "disks-invalid", world.Job(id).FinishAsync(finish with { Point = world.Point() with { Disks = [] } }, default));
        await World.Refused(RefusalKind.Invalid, "point-in-future", world.Job(id).FinishAsync(finish with { Point = world.Point(at: fixture.Cluster.Clock.GetUtcNow().AddHours(1)) }, default));
        await World.Refused(RefusalKind.Invalid, "snapshot-differs", world.Job(id).FinishAsync(finish with { Point = world.Point(), Snapshot = new('a', 64) }, default));

        await World.Must(world.Job(id).FinishAsync(finish with { Point = world.Point() }, default));
        await world.EventuallyAsync("a point", view => view.Points == 1);
    }

    [Fact]
    public async Task A_pause_takes_back_what_waits_and_a_change_wants_the_version_that_was_read()
    {
        var world = await VmWorld.StartAsync(fixture.Cluster);
        await world.CreateAsync();
        var job = await World.Must(world.Vm().RunAsync(new() { Caller = World.NewCaller() }, default));

        var paused = await World.Must(world.Vm().PauseAsync(new() { Caller = World.NewCaller(), Paused = true, Reason = "works" }, default));
        Assert.Equal((true, VmTodayStanding.Paused, null), (paused.Paused, paused.Today.Standing, paused.Today.LookAt));
        Assert.Equal(JobStatus.Failed, (await World.Must(world.Job(job.Id).ReadAsync(default))).Status);
        await Eventually.Async("no offers", () => World.Must(world.Host.WorkAsync(default)), work => work.Items.IsEmpty);

        var resumed = await World.Must(world.Vm().PauseAsync(new() { Caller = World.NewCaller(), Paused = false }, default));
        Assert.NotNull(resumed.Today.LookAt);
        var change = new ChangeVm
        {
            Caller = World.NewCaller(),
            ExpectedVersion = resumed.Version - 1,
            WindowStart = "03:30",
            WindowLength = TimeSpan.FromHours(1),
            Wanted = VmConsistency.Crash,
            AllowFallback = false,
            ExcludedDisks = ["disk9"],
        };
        await World.Refused(RefusalKind.Stale, "version-stale", world.Vm().ChangeAsync(change, default));
        var changed = await World.Must(world.Vm().ChangeAsync(change with { Caller = World.NewCaller(), ExpectedVersion = resumed.Version }, default));
        Assert.Equal(("03:30", VmConsistency.Crash, false), (changed.WindowStart, changed.Wanted, changed.AllowFallback));
        var excluded = await World.Must(world.Vm().ExcludeAsync(new() { Caller = World.NewCaller(), Disk = "disk1", Excluded = true }, default));
        Assert.Equal(["disk9", "disk1"], excluded.ExcludedDisks);
        var included = await World.Must(world.Vm().ExcludeAsync(new() { Caller = World.NewCaller(), Disk = "disk9", Excluded = false }, default));
        Assert.Equal(["disk1"], included.ExcludedDisks);
    }

    [Fact]
    public async Task A_mismatch_of_the_audit_reads_the_disk_whole_doubts_the_point_and_opens_an_incident_until_it_was_read()
    {
        var world = await VmWorld.StartAsync(fixture.Cluster);
        await world.CreateAsync();
        var job = await World.Must(world.Vm().RunAsync(new() { Caller = World.NewCaller() }, default));
        await world.BackUpAsync(job.Id);
        await world.EventuallyAsync("a point", view => view.Points == 1);
        var night = fixture.Cluster.Clock.GetUtcNow();

        await world.Vm().AuditAsync(night, default);
        await world.Vm().AuditAsync(night, default);
        var offer = await world.OfferAsync(JobKind.VmAudit);
        Assert.Single((await World.Must(world.Host.WorkAsync(default))).Items);
        Assert.Equal("disk0", (await World.Must(world.Vm().OrderAsync(offer.Job, default))).Disk);
        await world.TakeAsync(offer.Job);
        await World.Must(world.Job(offer.Job).FinishAsync(
            new() { Caller = World.NewCaller(), Attempt = 1, ExitCode = 0, Audit = new() { Disk = "disk0", Extents = 64, Bytes = 1 << 22, Mismatches = [new() { Offset = 65536, Length = 4096 }] } }, default));

        var doubted = await world.EventuallyAsync("a reason to read whole", view => view.ReadWhole.ContainsKey("disk0"));
        Assert.Equal((VmPointState.Suspect, "tracking-mismatch"), (doubted.LastPoint!.State, doubted.Incidents.Single(i => i.Kind != "day-at-risk").Kind));
        var next = (await World.Must(world.Vm().RunAsync(new() { Caller = World.NewCaller() }, default))).Id;
        Assert.Equal("audit", (await World.Must(world.Vm().OrderAsync(next, default))).ReadWhole["disk0"]);
        await world.BackUpAsync(next);
        var healed = await world.EventuallyAsync("a second point", view => view.Points == 2);
        Assert.Empty(healed.ReadWhole);
        Assert.DoesNotContain(healed.Incidents, i => i.Kind == "tracking-mismatch");
    }

    [Fact]
    public async Task A_restore_is_queued_a_hold_keeps_a_point_and_a_boot_test_leaves_verdict_and_picture()
    {
        var world = await VmWorld.StartAsync(fixture.Cluster);
        await world.CreateAsync();
        var job = await World.Must(world.Vm().RunAsync(new() { Caller = World.NewCaller() }, default));
        var point = await world.BackUpAsync(job.Id);
        await world.EventuallyAsync("a point", view => view.Points == 1);

        var ask = new RestoreVm { Caller = World.NewCaller(), Snapshot = point.Snapshot, Name = "web-again", Folder = "/images", Format = VmImageFormat.Qcow2 };
        await World.Refused(RefusalKind.NotFound, "point-not-found", world.Vm().RestoreAsync(ask with { Snapshot = new('b', 64) }, default));
        var restore = await World.Must(world.Vm().RestoreAsync(ask, default));
        Assert.Equal(restore.Id, (await World.Must(world.Vm().RestoreAsync(ask, default))).Id);
        await world.OfferAsync(JobKind.VmRestore);
        var order = await World.Must(world.Vm().OrderAsync(restore.Id, default));
        Assert.Equal((point.Snapshot, "web-again", VmImageFormat.Qcow2), (order.Snapshot, order.Restore!.Name, order.Restore.Format));
        await world.TakeAsync(restore.Id);
        await World.Must(world.Job(restore.Id).FinishAsync(new() { Caller = World.NewCaller(), Attempt = 1, ExitCode = 0 }, default));
        await world.EventuallyAsync("no open work", view => view.OtherJobs.IsEmpty);

        var held = await World.Must(world.Vm().HoldAsync(new() { Caller = World.NewCaller(), Snapshot = point.Snapshot, Held = true, Reason = "court" }, default));
        Assert.True(held.OnLegalHold);
        Assert.Contains("legal-hold", held.KeptFor);
        await World.Refused(RefusalKind.NotFound, "picture-not-found", world.Job(restore.Id).PictureAsync(default));
    }

    [Fact]
    public async Task The_machines_of_a_host_are_what_it_told_last()
    {
        var world = await VmWorld.StartAsync(fixture.Cluster);
        Assert.Null((await World.Must(world.Host.MachinesAsync(default))).ReportedAt);
        var report = new Interfaces.Hosts.ReportMachines
        {
            Caller = World.NewCaller(),
            Driver = "qemu",
            Machines =
            [
                new()
                {
                    MachineId = "m-1",
                    Name = "web",
                    Power = VmPower.Running,
                    Agent = VmAgentState.Ok,
                    Disks = [new() { Id = "disk0", Size = 1 << 30, Format = "qcow2", Tracking = VmTracking.Persistent }],
                    Warnings = [new() { Code = "no-hook", Text = "There is no freeze hook." }],
                },
            ],
        };

        await World.Must(world.Host.ReportMachinesAsync(report, default));
        await fixture.Cluster.ForgetAsync(world.Host);

        var list = await World.Must(world.Host.MachinesAsync(default));
        Assert.Equal(("qemu", "m-1", VmTracking.Persistent, "no-hook"), (list.Driver, list.Machines[0].MachineId, list.Machines[0].Disks[0].Tracking, list.Machines[0].Warnings[0].Code));
        await World.Refused(RefusalKind.Invalid, "machines-invalid", world.Host.ReportMachinesAsync(report with { Machines = [report.Machines[0], report.Machines[0]] }, default));
    }
}
