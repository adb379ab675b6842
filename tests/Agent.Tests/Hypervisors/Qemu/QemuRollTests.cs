using BackupOnline.Agent.Hypervisors;
using BackupOnline.Agent.Hypervisors.Qemu;

namespace BackupOnline.Agent.Tests.Hypervisors.Qemu;

/// <summary>Which bitmaps go on, are merged and go, after whatever interruption.</summary>
public sealed class QemuRollTests
{
    private const string Machine = "m";
    private static readonly Epoch s_one = Epoch.Of(Machine, 1);

    [Fact]
    public void After_a_commit_the_older_one_goes()
    {
        var plan = QemuRoll.Plan(Disk(Bitmap(1, recording: false), Bitmap(2)), Machine, s_one.Next());

        Assert.Equal((Name(2), 0, Name(1)), (plan.Keep, plan.Merge.Count, Assert.Single(plan.Remove)));
    }

    [Fact]
    public void A_newer_one_that_was_never_committed_is_merged_into_the_kept_one()
    {
        var plan = QemuRoll.Plan(Disk(Bitmap(1, recording: false), Bitmap(2)), Machine, s_one);

        Assert.Equal((Name(1), Name(2), Name(2)), (plan.Keep, Assert.Single(plan.Merge), Assert.Single(plan.Remove)));
    }

    [Fact]
    public void A_newer_one_is_merged_although_the_kept_one_was_never_halted()
    {
        var plan = QemuRoll.Plan(Disk(Bitmap(1), Bitmap(2)), Machine, s_one);

        Assert.Equal(Name(2), Assert.Single(plan.Merge));
    }

    [Fact]
    public void A_halted_one_alone_is_not_trusted() => Assert.Equal((null, 1), KeepAndRemoved(Bitmap(1, recording: false)));

    [Fact]
    public void An_inconsistent_one_is_not_trusted() => Assert.Equal((null, 1), KeepAndRemoved(new QemuBitmap(Name(1), false, true)));

    [Fact]
    public void A_kept_one_is_not_trusted_when_the_newer_one_beside_it_is_inconsistent() =>
        Assert.Equal((null, 2), KeepAndRemoved(Bitmap(1, recording: false), new QemuBitmap(Name(2), false, true)));

    [Fact]
    public void Without_a_committed_point_all_of_ours_go() => Assert.Equal(2, QemuRoll.Plan(Disk(Bitmap(1), Bitmap(2)), Machine, null).Remove.Count);

    [Fact]
    public void In_order_there_is_nothing_to_do() => Assert.True(QemuRoll.Plan(Disk(Bitmap(1)), Machine, s_one).IsEmpty);

    [Theory]
    [InlineData("bitmap0")]
    [InlineData("bo-")]
    [InlineData("bo-abc-1")]
    [InlineData("backup-of-another-product.12345678")]
    public void Those_of_others_are_never_touched(string name) =>
        Assert.True(QemuRoll.Plan(Disk(new QemuBitmap(name, true, false)), Machine, null).IsEmpty);

    [Fact]
    public void Those_of_another_machine_are_never_touched() =>
        Assert.True(QemuRoll.Plan(Disk(new QemuBitmap(QemuNames.Bitmap(Epoch.Of("another", 1), "disk"), true, false)), Machine, null).IsEmpty);

    [Fact]
    public void An_image_that_came_from_another_device_brings_nothing_that_is_kept()
    {
        var plan = QemuRoll.Plan(Disk(new QemuBitmap(QemuNames.Bitmap(s_one, "other disk"), true, false)), Machine, s_one);

        Assert.Equal((null, 1), (plan.Keep, plan.Remove.Count));
    }

    private static (string? Keep, int Removed) KeepAndRemoved(params QemuBitmap[] bitmaps)
    {
        var plan = QemuRoll.Plan(Disk(bitmaps), Machine, s_one);
        return (plan.Keep, plan.Remove.Count);
    }

    private static string Name(long sequence) => QemuNames.Bitmap(Epoch.Of(Machine, sequence), "disk");

    private static QemuBitmap Bitmap(long sequence, bool recording = true) => new(Name(sequence), recording, false);

    private static QemuDisk Disk(params QemuBitmap[] bitmaps) => new("disk", "/machine/peripheral/disk", "node", 1 << 20, "qcow2", ChangeTracking.Persistent, false, bitmaps, null);
}
