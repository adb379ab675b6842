using BackupOnline.Agent.Hypervisors;
using BackupOnline.Agent.Hypervisors.Qemu;

namespace BackupOnline.Agent.Tests.Hypervisors.Qemu;

/// <summary>Never an incremental on a doubtful base.</summary>
public sealed class QemuBasisTests
{
    private static readonly Epoch s_base = Epoch.Of("m", 4);

    [Fact]
    public void Incremental_only_when_id_size_epoch_and_tracking_all_agree() => Assert.Equal(new DiskBasis.Incremental(s_base), QemuBasis.Of(Disk(), Request()));

    [Fact]
    public void First_without_a_committed_point() => Assert.Equal(FullReason.First, Reason(Disk(), Request() with { Base = null }));

    [Fact]
    public void First_for_a_disk_that_the_point_does_not_hold() => Assert.Equal(FullReason.First, Reason(Disk(), Request() with { BaseDisks = new Dictionary<string, long>() }));

    [Fact]
    public void Resized_for_another_size() => Assert.Equal(FullReason.Resized, Reason(Disk() with { Size = 2 << 20 }, Request()));

    [Fact]
    public void Asked_with_its_reason() =>
        Assert.Equal(new DiskBasis.Full(FullReason.Asked, "because"), QemuBasis.Of(Disk(), Request() with { ReadWhole = new Dictionary<string, string> { ["disk"] = "because" } }));

    [Fact]
    public void Lost_without_the_bitmap() => Assert.Equal(FullReason.TrackingLost, Reason(Disk() with { Bitmaps = [] }, Request()));

    [Fact]
    public void Lost_with_an_inconsistent_bitmap() => Assert.Equal(FullReason.TrackingLost, Reason(Disk() with { Bitmaps = [Bitmap(4, "disk") with { Inconsistent = true }] }, Request()));

    [Fact]
    public void Lost_with_a_halted_bitmap() => Assert.Equal(FullReason.TrackingLost, Reason(Disk() with { Bitmaps = [Bitmap(4, "disk") with { Recording = false }] }, Request()));

    [Fact]
    public void Lost_with_the_bitmap_of_another_disk() => Assert.Equal(FullReason.TrackingLost, Reason(Disk() with { Bitmaps = [Bitmap(4, "other")] }, Request()));

    [Fact]
    public void Differs_when_changes_are_counted_from_another_epoch() => Assert.Equal(FullReason.BaseDiffers, Reason(Disk() with { Bitmaps = [Bitmap(3, "disk")] }, Request()));

    [Fact]
    public void Unsupported_with_internal_snapshots() => Assert.Equal(FullReason.TrackingUnsupported, Reason(Disk() with { HasSnapshots = true }, Request()));

    private static FullReason Reason(QemuDisk disk, PointRequest request) => Assert.IsType<DiskBasis.Full>(QemuBasis.Of(disk, request)).Reason;

    private static QemuDisk Disk() => new("disk", "/machine/peripheral/disk", "node", 1 << 20, "qcow2", ChangeTracking.Persistent, false, [Bitmap(4, "disk")], null);

    private static QemuBitmap Bitmap(long sequence, string disk) => new(QemuNames.Bitmap(Epoch.Of("m", sequence), disk), true, false);

    private static PointRequest Request() => new()
    {
        New = s_base.Next(),
        Base = s_base,
        BaseDisks = new Dictionary<string, long> { ["disk"] = 1 << 20 },
        ScratchFolder = "/scratch",
    };
}
