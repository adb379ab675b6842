using System.Text.Json.Nodes;
using BackupOnline.Agent.Hypervisors;
using BackupOnline.Agent.Hypervisors.Qmp;
using BackupOnline.Agent.Tests.Running;

namespace BackupOnline.Agent.Tests.Hypervisors.Qemu;

/// <summary>What tracking survives: restarts, sudden deaths, other sizes, other images behind the same device.</summary>
[Trait(Pace.Trait, Pace.Long)]
public sealed class QemuRestartTests
{
    [Fact]
    public async Task A_qcow2_guest_keeps_its_tracking_over_a_clean_restart_and_loses_it_with_a_killed_process()
    {
        await using var guest = await WithTwinsAsync();
        var lab = new QemuLab(guest);
        var copies = new DiskCopies();
        var last = await lab.CommittedAsync(copies, null);

        await guest.QuitAsync();
        Assert.Equal(PowerState.Off, Assert.Single(await lab.Driver.DiscoverAsync(CancellationToken.None)).Power);
        var off = await Assert.ThrowsAsync<HypervisorException>(() => lab.OpenAsync(copies, last));
        Assert.Equal((HypervisorFault.Transient, "machine-off"), (off.Fault, off.Code));
        Assert.Empty(await lab.Driver.ReconcileAsync(guest.Machine, last, CancellationToken.None));
        await guest.BootAsync();
        last = await lab.CommittedAsync(copies, last, PointSteps.ShouldBeIncremental);

        // Two images of one size change places behind their devices: their bitmaps tell of the other device.
        await guest.QuitAsync();
        guest.ExchangeTwins();
        await guest.BootAsync();
        last = await lab.CommittedAsync(copies, last, point => Assert.All(point.Disks, disk =>
        {
            if (disk.DiskId.StartsWith("twin", StringComparison.Ordinal))
                Assert.Equal(FullReason.TrackingLost, Assert.IsType<DiskBasis.Full>(disk.Basis).Reason);
            else
                Assert.IsType<DiskBasis.Incremental>(disk.Basis);
        }));

        // Killed between two runs; the disk that was taken away meanwhile is simply not there.
        await guest.KillAsync();
        guest.Disks.RemoveAll(disk => disk.Id == "twin2");
        await guest.BootAsync();
        last = await lab.CommittedAsync(copies, last, PointSteps.ShouldBeFull(FullReason.TrackingLost));
        await guest.FillAsync(20, 1);
        await lab.CommittedAsync(copies, last, point =>
        {
            PointSteps.ShouldBeIncremental(point);
            Assert.Equal(3, point.Disks.Count);
        });
    }

    [Fact]
    public async Task A_guest_that_is_killed_under_an_open_point_breaks_it_and_scratch_is_removed()
    {
        await using var guest = await Guest.StartAsync();
        var lab = new QemuLab(guest);
        var copies = new DiskCopies();
        await using (var point = await lab.OpenAsync(copies, null))
        {
            await guest.KillAsync();

            var failure = await Assert.ThrowsAsync<HypervisorException>(() => copies.TakeAsync(point));

            Assert.Equal((HypervisorFault.PointBroken, "export-lost"), (failure.Fault, failure.Code));
            Assert.NotNull(await point.BrokenAsync(CancellationToken.None));
            await Assert.ThrowsAsync<HypervisorException>(() => point.CommitAsync(CancellationToken.None));
        }

        Assert.NotEmpty(await lab.Driver.ReconcileAsync(guest.Machine, null, CancellationToken.None));
        Assert.Empty(Directory.EnumerateFiles(guest.Scratch));
    }

    [Theory]
    [InlineData("raw")]
    [InlineData("vhdx")]
    public async Task An_image_that_keeps_no_bitmaps_is_tracked_until_the_machine_is_started_anew(string format)
    {
        await using var guest = await Guest.StartAsync(new GuestOptions { Format = format });
        var lab = new QemuLab(guest);
        var copies = new DiskCopies();
        var last = await lab.CommittedAsync(copies, null);
        await guest.FillAsync(20, 1);
        last = await lab.CommittedAsync(copies, last, PointSteps.ShouldBeIncremental);

        Assert.All((await lab.Driver.PreflightAsync(guest.Machine, CancellationToken.None)).Disks, disk => Assert.Equal((format, ChangeTracking.Volatile), (disk.Format, disk.Tracking)));
        await guest.QuitAsync();
        await guest.BootAsync();
        await lab.CommittedAsync(copies, last, PointSteps.ShouldBeFull(FullReason.TrackingLost));
    }

    [Fact]
    public async Task A_guest_may_reboot_and_its_disk_grow_between_two_points_but_not_during_one()
    {
        await using var guest = await Guest.StartAsync();
        var lab = new QemuLab(guest);
        var copies = new DiskCopies();
        var last = await lab.CommittedAsync(copies, null);
        await guest.RebootAsync();
        last = await lab.CommittedAsync(copies, last, PointSteps.ShouldBeIncremental);
        await using (await lab.OpenAsync(copies, last))
        {
            await Assert.ThrowsAsync<QmpException>(() => ResizeAsync(guest, guest.Options.RingSize + 4));
        }

        await ResizeAsync(guest, guest.Options.RingSize + 4);
        await lab.CommittedAsync(copies, last, point =>
        {
            Assert.Equal(FullReason.Resized, Assert.IsType<DiskBasis.Full>(point.Disks.Single(disk => disk.DiskId == "ring").Basis).Reason);
            Assert.IsType<DiskBasis.Incremental>(point.Disks.Single(disk => disk.DiskId == "app").Basis);
        });
        await guest.ShouldRunAsync();
    }

    private static async Task ResizeAsync(Guest guest, int mebibytes) => await guest.Second.ExecuteAsync(
        "block_resize", new JsonObject { ["node-name"] = "ring-node", ["size"] = (long)mebibytes << 20 }, CancellationToken.None);

    private static async Task<Guest> WithTwinsAsync()
    {
        var guest = await Guest.CreateAsync(new GuestOptions());
        foreach (var (name, pattern) in new[] { ("twin1", "0x11"), ("twin2", "0x22") })
        {
            var file = guest.PathOf(name + ".qcow2");
            await Tool.RunAsync("qemu-img", "create", "-q", "-f", "qcow2", file, "4M");
            await Tool.RunAsync("qemu-io", "-f", "qcow2", "-c", $"write -P {pattern} 1M 1M", file);
            guest.Disks.Add(new GuestDisk(name, file, "qcow2"));
        }

        await guest.BootAsync();
        return guest;
    }
}
