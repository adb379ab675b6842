using BackupOnline.Agent.Hypervisors;

namespace BackupOnline.Agent.Tests.Hypervisors;

public sealed class EpochTests
{
    [Fact]
    public void A_name_is_read_back_and_is_short_enough_for_every_hypervisor()
    {
        var epoch = Epoch.Of("4f0c2a52-9c3a-4f1e-8f0e-0d3e8b1c9a77", long.MaxValue);
        Assert.Equal(epoch, Epoch.Parse(epoch.ToString()));
        Assert.InRange(epoch.ToString().Length, 16, 64);
        Assert.Matches("^[a-z0-9-]+$", epoch.ToString());
    }

    [Fact]
    public void It_belongs_to_one_machine_and_grows_by_one()
    {
        var epoch = Epoch.Of("one", 7);
        Assert.True(epoch.IsOf("one"));
        Assert.False(epoch.IsOf("other"));
        Assert.Equal(Epoch.Of("one", 8), epoch.Next());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("backup-1")]
    [InlineData("bo-0123456789ab")]
    [InlineData("bo-0123456789ab-0")]
    [InlineData("bo-0123456789ab--1")]
    [InlineData("bo-0123456789ab-1-2")]
    [InlineData("bo-0123456789aB-1")]
    [InlineData("bo-0123456789abc-1")]
    [InlineData("bo-0123456789ab-99999999999999999999")]
    public void Names_of_others_are_not_ours(string? name) => Assert.Null(Epoch.Parse(name));

    [Fact]
    public void There_is_no_epoch_before_the_first() => Assert.Throws<ArgumentOutOfRangeException>(() => Epoch.Of("one", 0));
}
