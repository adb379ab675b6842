using BackupOnline.Agent.Hypervisors;
using BackupOnline.Agent.Points;

namespace BackupOnline.Agent.Tests.Points;

public sealed class PointTagsTests
{
    [Fact]
    public void The_machines_tag_does_not_depend_on_its_name_or_the_epoch() =>
        Assert.Equal($"vm:{Epoch.Of("id", 5).Machine}", PointTags.OfMachine("id"));

    [Fact]
    public void A_snapshot_without_an_epoch_of_ours_is_no_point()
    {
        Assert.Null(PointTags.EpochOf(null));
        Assert.Null(PointTags.EpochOf([PointTags.Hot, "vm:0123456789ab"]));
        Assert.Null(PointTags.EpochOf(["epoch:yesterday"]));
        Assert.Equal(Epoch.Of("id", 5), PointTags.EpochOf(["x", $"epoch:{Epoch.Of("id", 5)}"]));
    }
}
