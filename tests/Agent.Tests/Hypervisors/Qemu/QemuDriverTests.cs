using BackupOnline.Agent.Hypervisors;
using BackupOnline.Agent.Tests.Running;

namespace BackupOnline.Agent.Tests.Hypervisors.Qemu;

/// <summary>The suite of all drivers, on a real guest under QEMU.</summary>
[Collection(GuestCollection.Name)]
[Trait(Pace.Trait, Pace.Long)]
public sealed class QemuDriverTests(SharedGuest shared) : HypervisorDriverSuite
{
    private protected override async Task<IDriverLab> LabAsync() => await QemuLab.OnAsync(shared.Guest);

    [Fact]
    public async Task Twelve_incrementals_on_a_full_one_equal_an_independent_read_at_each_point_and_are_application_consistent()
    {
        await using var lab = await QemuLab.OnAsync(shared.Guest);
        var copies = new DiskCopies();
        Epoch? last = null;
        var numbers = new List<ulong>();
        for (var round = 0; round <= 12; round++)
        {
            var (epoch, _) = await CommittedAsync(lab, copies, last, point =>
            {
                Assert.Equal((Consistency.Application, null), (point.Achieved, point.FallbackReason));
                Assert.All(point.Disks, disk => Assert.Equal(round > 0, disk.Basis is DiskBasis.Incremental));
            });
            last = epoch;
            var (app, ring) = (copies["app"], copies["ring"]);
            Assert.Null(GuestImage.RingFault(ring));
            Assert.True(GuestImage.IsFileSystemClean(app) && GuestImage.IsQuiesced(app));
            var (journal, top, table) = GuestImage.Numbers(app, ring);
            Assert.Equal((table, table), (journal, top));
            numbers.Add(table);
            await lab.ChangeAsync();
            if (round % 4 == 3)
                await shared.Guest.DiscardAsync(17, 2);
        }

        Assert.Equal(numbers.Order().Distinct(), numbers);
        await lab.ShouldBeUndisturbedAsync();
    }

    [Fact]
    public async Task A_crash_consistent_point_holds_all_disks_at_one_instant_without_the_machine_ever_pausing()
    {
        await using var lab = await QemuLab.OnAsync(shared.Guest);
        using var events = shared.Guest.Second.Listen();
        for (var round = 0; round < 5; round++)
        {
            var copies = new DiskCopies();
            await using var point = await lab.Driver.OpenPointAsync(lab.Machine, Request(lab, copies, null) with { Wanted = Consistency.Crash }, CancellationToken.None);
            await copies.TakeAsync(point);

            Assert.Equal((Consistency.Crash, null, TimeSpan.Zero), (point.Achieved, point.FallbackReason, point.FrozenFor));
            Assert.Null(GuestImage.OrderFault(copies["app"], copies["ring"]));
            Assert.Null(GuestImage.RingFault(copies["ring"]));
            Assert.False(GuestImage.IsFileSystemClean(copies["app"]));
        }

        Assert.DoesNotContain(events.Drain(), told => told.Name is "STOP" or "BLOCK_IO_ERROR");
    }
}
