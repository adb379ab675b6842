using System.Text.Json.Nodes;
using BackupOnline.Agent.Hypervisors.Qemu;
using BackupOnline.Agent.Tests.Running;

namespace BackupOnline.Agent.Tests.Hypervisors.Qemu;

/// <summary>The checkers have teeth: ways of backing up that are wrong are found to be wrong.</summary>
[Collection(GuestCollection.Name)]
[Trait(Pace.Trait, Pace.Long)]
public sealed class NegativeControlTests(SharedGuest shared)
{
    private Guest Guest => shared.Guest;

    [Fact]
    public async Task A_copy_of_a_running_disk_without_a_point_is_torn()
    {
        await using var lab = await QemuLab.OnAsync(Guest);
        await Guest.WriteOnAsync(100);
        await using var export = await LiveExport.OpenAsync(Guest);
        var copy = new byte[8 << 20];

        // Half now and half later, as a slow reader has it.
        await export.ReadAsync("ring", copy.AsMemory(0, copy.Length / 2));
        await Guest.WriteOnAsync(50);
        await export.ReadAsync("ring", copy.AsMemory(copy.Length / 2), copy.Length / 2);

        Assert.NotNull(GuestImage.RingFault(copy));
    }

    [Fact]
    public async Task Disks_that_are_taken_one_after_the_other_do_not_agree()
    {
        await using var lab = await QemuLab.OnAsync(Guest);
        await Guest.WriteOnAsync(20);
        var app = await PointOfAsync(lab, "ring");
        await Guest.WriteOnAsync(20);
        var ring = await PointOfAsync(lab, "app");

        Assert.Null(GuestImage.RingFault(ring["ring"]));
        Assert.NotNull(GuestImage.OrderFault(app["app"], ring["ring"]));
    }

    /// <summary>The mutation of the order: the bitmap changes over first and the point is taken later, so that what is written between is in neither.</summary>
    [Fact]
    public async Task Bitmaps_that_are_changed_over_before_the_point_lose_changes()
    {
        await using var lab = await QemuLab.OnAsync(Guest);
        var copies = new DiskCopies();
        var first = await lab.CommittedAsync(copies, null);
        await Guest.WriteOnAsync(20);

        // What the driver never does: the base stops counting, the guest goes on, and only then comes the point.
        foreach (var disk in new[] { "app", "ring" })
            await Guest.Second.ExecuteAsync("block-dirty-bitmap-disable", new JsonObject { ["node"] = disk + "-node", ["name"] = QemuNames.Bitmap(first, disk) }, CancellationToken.None);
        await Guest.FillAsync(20, 2);
        await Guest.WriteOnAsync(20);
        foreach (var disk in new[] { "app", "ring" })
            await Guest.Second.ExecuteAsync("block-dirty-bitmap-enable", new JsonObject { ["node"] = disk + "-node", ["name"] = QemuNames.Bitmap(first, disk) }, CancellationToken.None);
        await using var point = await lab.OpenAsync(copies, first);
        await copies.TakeAsync(point);

        var different = await lab.IndependentAsync(point, point.Disks.Single(disk => disk.DiskId == "ring"));
        Assert.False(different.AsSpan().SequenceEqual(copies["ring"]), "The lost changes were not found.");
    }

    private static async Task<DiskCopies> PointOfAsync(QemuLab lab, string without)
    {
        var copies = new DiskCopies();
        await using var point = await lab.OpenAsync(lab.Request(copies, null) with { ExcludedDisks = [without] });
        await copies.TakeAsync(point);
        return copies;
    }
}
