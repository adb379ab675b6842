using BackupOnline.Agent.Hypervisors;
using BackupOnline.Agent.Hypervisors.Qemu;

namespace BackupOnline.Agent.Tests.Hypervisors.Qemu;

/// <summary>Steps of a backup that many tests need.</summary>
internal static class PointSteps
{
    public static PointRequest Request(this QemuLab lab, DiskCopies copies, Epoch? last, Consistency wanted = Consistency.Crash) => new()
    {
        New = lab.NextEpoch(),
        Base = last,
        BaseDisks = copies.Sizes,
        ScratchFolder = lab.ScratchFolder,
        ScratchBudget = 256 << 20,
        Wanted = wanted,
        FreezeDeadline = TimeSpan.FromSeconds(60),
    };

    public static async Task<QemuPoint> OpenAsync(this QemuLab lab, PointRequest request) =>
        (QemuPoint)await lab.Driver.OpenPointAsync(lab.Machine, request, CancellationToken.None);

    public static Task<QemuPoint> OpenAsync(this QemuLab lab, DiskCopies copies, Epoch? last) => lab.OpenAsync(lab.Request(copies, last));

    /// <summary>Read into the copies, compared with an independent read, checked, and committed.</summary>
    public static async Task<Epoch> CommittedAsync(this QemuLab lab, DiskCopies copies, Epoch? last, Action<QemuPoint>? look = null)
    {
        await using var point = await lab.OpenAsync(copies, last);
        look?.Invoke(point);
        await copies.TakeAsync(point);
        await copies.ShouldEqualAsync(lab, point);
        Assert.Null(GuestImage.OrderFault(copies["app"], copies["ring"]));
        Assert.Null(GuestImage.RingFault(copies["ring"]));
        await point.CommitAsync(CancellationToken.None);
        return point.Epoch;
    }

    public static void ShouldBeIncremental(QemuPoint point) => Assert.All(point.Disks, disk => Assert.IsType<DiskBasis.Incremental>(disk.Basis));

    public static Action<QemuPoint> ShouldBeFull(FullReason reason) => point => Assert.All(point.Disks, disk => Assert.Equal(reason, Assert.IsType<DiskBasis.Full>(disk.Basis).Reason));
}
