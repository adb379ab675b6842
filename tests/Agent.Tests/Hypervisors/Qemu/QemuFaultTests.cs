using System.Text.Json.Nodes;
using BackupOnline.Agent.Hypervisors;
using BackupOnline.Agent.Hypervisors.Qemu;
using BackupOnline.Agent.Hypervisors.Qmp;
using BackupOnline.Agent.Tests.Running;

namespace BackupOnline.Agent.Tests.Hypervisors.Qemu;

/// <summary>Drivers that die, disks that fill, others at work on the same machine: the guest runs on, and no change is lost.</summary>
[Collection(GuestCollection.Name)]
[Trait(Pace.Trait, Pace.Long)]
public sealed class QemuFaultTests(SharedGuest shared)
{
    private Guest Guest => shared.Guest;

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public async Task A_driver_that_dies_with_an_open_point_leaves_a_running_guest_and_the_next_one_goes_on_exactly(bool afterTheRepositoryHadIt, bool journalLost)
    {
        await using var lab = await QemuLab.OnAsync(Guest);
        var copies = new DiskCopies();
        var first = await lab.CommittedAsync(copies, null);
        await lab.ChangeAsync();
        var dead = await lab.OpenAsync(copies, first);
        var read = copies.Copy();
        await read.TakeAsync(dead);
        await dead.CutAsync();
        await Guest.WriteOnAsync(10);
        await lab.ChangeAsync();
        if (journalLost)
            Directory.Delete(Guest.Host.StateFolder, recursive: true);

        var kept = afterTheRepositoryHadIt ? dead.Epoch : first;
        var done = await lab.Driver.ReconcileAsync(lab.Machine, kept, CancellationToken.None);

        Assert.Contains(done, one => one.StartsWith("removed the export", StringComparison.Ordinal));
        foreach (var file in journalLost ? Directory.GetFiles(Guest.Scratch) : [])
            File.Delete(file);
        await lab.ShouldBeUndisturbedAsync();
        await lab.CommittedAsync(afterTheRepositoryHadIt ? read : copies, kept, PointSteps.ShouldBeIncremental);
    }

    [Fact]
    public async Task Scratch_that_fills_breaks_the_point_and_not_the_guest()
    {
        await using var lab = await QemuLab.OnAsync(Guest);
        await Guest.FillAsync(16, 8);
        var copies = new DiskCopies();
        var first = await lab.CommittedAsync(copies, null);
        using var events = Guest.Second.Listen();
        await using (var point = await lab.OpenAsync(lab.Request(copies, first) with { ScratchBudget = 2 << 20 }))
        {
            await Guest.FillAsync(16, 8);

            var failure = await Assert.ThrowsAsync<HypervisorException>(() => copies.Copy().TakeAsync(point));

            Assert.Equal((HypervisorFault.PointBroken, "scratch-full"), (failure.Fault, failure.Code));
            Assert.NotNull(await point.BrokenAsync(CancellationToken.None));
            var refused = await Assert.ThrowsAsync<HypervisorException>(() => point.CommitAsync(CancellationToken.None));
            Assert.Equal(HypervisorFault.PointBroken, refused.Fault);
        }

        Assert.DoesNotContain(events.Drain(), told => told.Name is "STOP" or "BLOCK_IO_ERROR");
        await lab.ShouldBeUndisturbedAsync();
        await lab.CommittedAsync(copies, first, PointSteps.ShouldBeIncremental);
    }

    [Fact]
    public async Task Another_products_bitmap_is_never_touched()
    {
        await using var lab = await QemuLab.OnAsync(Guest);
        await Guest.Second.ExecuteAsync("block-dirty-bitmap-add", new JsonObject { ["node"] = "ring-node", ["name"] = "another-product" }, CancellationToken.None);
        var copies = new DiskCopies();

        var first = await lab.CommittedAsync(copies, null);
        await lab.CommittedAsync(copies, first, PointSteps.ShouldBeIncremental);
        await lab.Driver.ReconcileAsync(lab.Machine, null, CancellationToken.None);

        await Guest.Second.ExecuteAsync("block-dirty-bitmap-remove", new JsonObject { ["node"] = "ring-node", ["name"] = "another-product" }, CancellationToken.None);
    }

    [Fact]
    public async Task Another_programs_export_or_job_makes_the_machine_busy()
    {
        await using var lab = await QemuLab.OnAsync(Guest);
        HypervisorException exported, working;
        await using (await LiveExport.OpenAsync(Guest))
            exported = await Assert.ThrowsAsync<HypervisorException>(() => lab.OpenAsync(new DiskCopies(), null));
        await Guest.Second.ExecuteAsync("blockdev-add", new JsonObject { ["driver"] = "null-co", ["node-name"] = "other", ["size"] = Guest.Options.RingSize << 20 }, CancellationToken.None);
        using (var events = Guest.Second.Listen())
        {
            await Guest.Second.ExecuteAsync(
                "blockdev-backup", new JsonObject { ["job-id"] = "others", ["device"] = "ring-node", ["target"] = "other", ["sync"] = "none" }, CancellationToken.None);
            working = await Assert.ThrowsAsync<HypervisorException>(() => lab.OpenAsync(new DiskCopies(), null));
            await Guest.Second.ExecuteAsync("block-job-cancel", new JsonObject { ["device"] = "others" }, CancellationToken.None);
            await events.NextAsync(told => told.Name is "BLOCK_JOB_CANCELLED" or "BLOCK_JOB_COMPLETED", CancellationToken.None);
        }

        await Guest.Second.ExecuteAsync("blockdev-del", new JsonObject { ["node-name"] = "other" }, CancellationToken.None);
        Assert.Equal((HypervisorFault.Busy, "export-foreign"), (exported.Fault, exported.Code));
        Assert.Equal((HypervisorFault.Busy, "block-job"), (working.Fault, working.Code));
        await lab.ShouldBeUndisturbedAsync();
    }

    [Fact]
    public async Task A_monitor_that_another_client_holds_makes_the_machine_busy()
    {
        await using var lab = await QemuLab.OnAsync(Guest);
        await using var impatient = new QemuDriver(Guest.Host, TimeProvider.System) { Greeting = TimeSpan.FromSeconds(1) };
        await using (await QmpClient.ConnectAsync(Guest.Monitor, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(1), TimeProvider.System, CancellationToken.None))
        {
            var held = await Assert.ThrowsAsync<HypervisorException>(() => impatient.OpenPointAsync(lab.Machine, lab.Request(new DiskCopies(), null), CancellationToken.None));
            var report = await impatient.PreflightAsync(lab.Machine, CancellationToken.None);

            Assert.Equal((HypervisorFault.Busy, "monitor-silent"), (held.Fault, held.Code));
            Assert.Equal("monitor-silent", Assert.Single(report.Blockers).Code);
        }

        await lab.ShouldBeUndisturbedAsync();
    }

    [Fact]
    public async Task A_machine_that_its_operator_paused_is_backed_up_and_stays_paused()
    {
        await using var lab = await QemuLab.OnAsync(Guest);
        await Guest.Second.ExecuteAsync("stop", null, CancellationToken.None);
        try
        {
            var copies = new DiskCopies();
            await lab.CommittedAsync(copies, null);
            await using var point = await lab.OpenAsync(lab.Request(copies, null, Consistency.Application));

            Assert.Equal((Consistency.Crash, "the machine does not run, so its agent cannot freeze it"), (point.Achieved, point.FallbackReason));
            Assert.Equal("paused", (await Guest.Second.ExecuteAsync("query-status", null, CancellationToken.None)).GetProperty("status").GetString());
        }
        finally
        {
            await Guest.Second.ExecuteAsync("cont", null, CancellationToken.None);
        }

        await lab.ShouldBeUndisturbedAsync();
    }

    [Fact]
    public async Task A_scratch_folder_that_is_missing_or_too_long_is_told_before_anything_is_touched()
    {
        await using var lab = await QemuLab.OnAsync(Guest);
        var longFolder = Directory.CreateDirectory(Path.Combine(Guest.Folder, new string('x', 100))).FullName;

        var missing = await Assert.ThrowsAsync<HypervisorException>(() => lab.OpenAsync(lab.Request(new DiskCopies(), null) with { ScratchFolder = "/nowhere/at/all" }));
        var tooLong = await Assert.ThrowsAsync<HypervisorException>(() => lab.OpenAsync(lab.Request(new DiskCopies(), null) with { ScratchFolder = longFolder }));
        var none = await Assert.ThrowsAsync<HypervisorException>(() => lab.OpenAsync(lab.Request(new DiskCopies(), null) with { ScratchBudget = 0 }));

        Assert.Equal(["scratch-missing", "scratch-path-long", "scratch-no-room"], [missing.Code, tooLong.Code, none.Code]);
        Assert.All([missing, tooLong, none], one => Assert.Equal(HypervisorFault.Operator, one.Fault));
        await lab.ShouldBeUndisturbedAsync();
    }

    [Fact]
    public async Task A_renamed_machine_is_the_same_machine()
    {
        await using var lab = await QemuLab.OnAsync(Guest);
        var copies = new DiskCopies();
        var first = await lab.CommittedAsync(copies, null);
        var host = Guest.Host with { Machines = [Guest.Entry with { Name = "renamed" }] };
        await using var renamed = new QemuDriver(host, TimeProvider.System);

        await using var point = await renamed.OpenPointAsync(lab.Machine with { Name = "renamed" }, lab.Request(copies, first), CancellationToken.None);

        Assert.All(point.Disks, disk => Assert.IsType<DiskBasis.Incremental>(disk.Basis));
    }
}
