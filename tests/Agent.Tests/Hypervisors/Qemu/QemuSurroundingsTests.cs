using System.Diagnostics;
using System.Text.Json.Nodes;
using BackupOnline.Agent.Hypervisors;
using BackupOnline.Agent.Hypervisors.Qemu;
using BackupOnline.Agent.Tests.Running;

namespace BackupOnline.Agent.Tests.Hypervisors.Qemu;

/// <summary>What changes around a machine while it is backed up: scratch that is full or hangs, clocks that jump, disks that come and go, names that are taken.</summary>
[Collection(GuestCollection.Name)]
[Trait(Pace.Trait, Pace.Long)]
public sealed class QemuSurroundingsTests(SharedGuest shared)
{
    private Guest Guest => shared.Guest;

    [Fact]
    public async Task Scratch_whose_disk_somebody_else_fills_breaks_the_point_and_not_the_guest() => await BreaksAsync(async (scratch, point) =>
    {
        scratch.Fill();
        await Guest.FillAsync(16, 8);
        await UntilBrokenAsync(point);
        scratch.Free();
    });

    [Fact]
    public async Task Scratch_whose_disk_hangs_holds_the_guest_up_for_seconds_only_and_breaks_the_point() => await BreaksAsync(async (scratch, point) =>
    {
        await scratch.HoldAsync();
        try
        {
            var started = Stopwatch.GetTimestamp();
            await Guest.FillAsync(16, 8);
            Assert.InRange(Stopwatch.GetElapsedTime(started), TimeSpan.Zero, TimeSpan.FromSeconds(30));
            await UntilBrokenAsync(point);

            // Old contents found no place: the guest goes on though the disk still hangs.
            await Guest.WriteOnAsync(50);
            await Guest.FillAsync(16, 8);
        }
        finally
        {
            await scratch.ReleaseAsync();
        }
    });

    [Fact]
    public async Task A_clock_that_jumps_spoils_neither_the_freeze_nor_the_next_point()
    {
        await using var lab = await QemuLab.OnAsync(Guest);
        await using var jumpy = new QemuDriver(Guest.Host, new JumpingTime());
        var copies = new DiskCopies();
        var first = await lab.CommittedAsync(copies, null);
        Epoch second;
        await using (var point = await jumpy.OpenPointAsync(lab.Machine, lab.Request(copies, first, Consistency.Application), CancellationToken.None))
        {
            Assert.Equal((Consistency.Application, null), (point.Achieved, point.FallbackReason));
            Assert.InRange(point.FrozenFor, TimeSpan.Zero, TimeSpan.FromMinutes(1));
            await copies.TakeAsync(point);
            await copies.ShouldEqualAsync(lab, point);
            await point.CommitAsync(CancellationToken.None);
            second = point.Epoch;
        }

        await lab.ChangeAsync();
        await lab.CommittedAsync(copies, second, PointSteps.ShouldBeIncremental);
        await lab.ShouldBeUndisturbedAsync();
    }

    [Fact]
    public async Task A_disk_that_is_plugged_in_is_full_in_the_next_point_and_one_that_is_taken_away_is_missed_by_nobody()
    {
        await using var lab = await QemuLab.OnAsync(Guest);
        var copies = new DiskCopies();
        var last = await lab.CommittedAsync(copies, null);
        await using (var open = await lab.OpenAsync(copies, last))
        {
            // While a point is open: it goes on with the disks that it has.
            await PlugInAsync();
            Assert.Equal(2, open.Disks.Count);
            await copies.TakeAsync(open);
            await copies.ShouldEqualAsync(lab, open);
            await open.CommitAsync(CancellationToken.None);
            last = open.Epoch;
        }

        last = await lab.CommittedAsync(copies, last, point =>
        {
            Assert.Equal(FullReason.First, Assert.IsType<DiskBasis.Full>(point.Disks.Single(disk => disk.DiskId == "extra").Basis).Reason);
            Assert.All(point.Disks.Where(disk => disk.DiskId != "extra"), disk => Assert.IsType<DiskBasis.Incremental>(disk.Basis));
        });
        last = await lab.CommittedAsync(copies, last, PointSteps.ShouldBeIncremental);

        await TakeAwayAsync();
        await lab.CommittedAsync(copies, last, point =>
        {
            Assert.Equal(2, point.Disks.Count);
            PointSteps.ShouldBeIncremental(point);
        });
        await lab.ShouldBeUndisturbedAsync();
    }

    [Fact]
    public async Task A_bitmap_that_has_the_name_of_the_new_epoch_is_not_taken_for_it()
    {
        await using var lab = await QemuLab.OnAsync(Guest);
        var copies = new DiskCopies();
        var first = await lab.CommittedAsync(copies, null);
        var request = lab.Request(copies, first);
        await Guest.Second.ExecuteAsync("block-dirty-bitmap-add", new JsonObject { ["node"] = "ring-node", ["name"] = QemuNames.Bitmap(request.New, "ring") }, CancellationToken.None);

        // What a driver left that died in the middle of opening: it knows of no change before it was made.
        await lab.ChangeAsync();
        await using (var point = await lab.OpenAsync(request))
        {
            PointSteps.ShouldBeIncremental(point);
            await copies.TakeAsync(point);
            await copies.ShouldEqualAsync(lab, point);
            await point.CommitAsync(CancellationToken.None);
        }

        await lab.ChangeAsync();
        await lab.CommittedAsync(copies, request.New, PointSteps.ShouldBeIncremental);
        await lab.ShouldBeUndisturbedAsync();
    }

    /// <summary>An incremental point that breaks by what is done to its scratch: nothing of it can be taken, the guest notices nothing, and the next point is exact.</summary>
    private async Task BreaksAsync(Func<SmallDisk, IConsistentPoint, Task> disturb)
    {
        await using var scratch = await SmallDisk.MountAsync(mebibytes: 192);
        await using var lab = await QemuLab.OnAsync(Guest);

        // What was never written has no old contents to be saved.
        await Guest.FillAsync(16, 8);
        var copies = new DiskCopies();
        var first = await lab.CommittedAsync(copies, null);
        using var events = Guest.Second.Listen();
        await using (var point = await lab.OpenAsync(lab.Request(copies, first) with { ScratchFolder = scratch.Folder }))
        {
            await disturb(scratch, point);

            var failure = await Assert.ThrowsAsync<HypervisorException>(() => copies.Copy().TakeAsync(point));
            Assert.Equal((HypervisorFault.PointBroken, "scratch-full"), (failure.Fault, failure.Code));
            var refused = await Assert.ThrowsAsync<HypervisorException>(() => point.CommitAsync(CancellationToken.None));
            Assert.Equal(HypervisorFault.PointBroken, refused.Fault);
        }

        Assert.DoesNotContain(events.Drain(), told => told.Name is "STOP" or "BLOCK_IO_ERROR");
        await lab.ShouldBeUndisturbedAsync();
        await lab.CommittedAsync(copies, first, PointSteps.ShouldBeIncremental);
    }

    private static async Task UntilBrokenAsync(IConsistentPoint point)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (await point.BrokenAsync(deadline.Token) is null)
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, deadline.Token);
    }

    private async Task PlugInAsync()
    {
        var file = Guest.PathOf("extra.qcow2");
        await Tool.RunAsync("qemu-img", "create", "-q", "-f", "qcow2", file, "4M");
        await Tool.RunAsync("qemu-io", "-f", "qcow2", "-c", "write -P 0x33 1M 1M", file);
        await Guest.Second.ExecuteAsync(
            "blockdev-add",
            new JsonObject { ["driver"] = "qcow2", ["node-name"] = "extra-node", ["file"] = new JsonObject { ["driver"] = "file", ["filename"] = file } },
            CancellationToken.None);
        await Guest.Second.ExecuteAsync("device_add", new JsonObject { ["driver"] = "virtio-blk-pci", ["id"] = "extra", ["drive"] = "extra-node", ["bus"] = "spare" }, CancellationToken.None);
    }

    // The guest has to let go of it: it waits five seconds, as for a person who presses the button of a slot twice.
    private async Task TakeAwayAsync()
    {
        using var events = Guest.Second.Listen();
        await Guest.Second.ExecuteAsync("device_del", new JsonObject { ["id"] = "extra" }, CancellationToken.None);
        await events.NextAsync(told => told.Name == "DEVICE_DELETED" && told.Text("device") == "extra", CancellationToken.None);
        await Guest.Second.ExecuteAsync("blockdev-del", new JsonObject { ["node-name"] = "extra-node" }, CancellationToken.None);
    }
}
