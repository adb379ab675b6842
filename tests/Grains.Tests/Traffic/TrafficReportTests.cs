using BackupOnline.Grains.Interfaces.Names;
using BackupOnline.Grains.Interfaces.Replies;
using BackupOnline.Grains.Interfaces.Traffic;
using BackupOnline.Grains.Tests.Running;
using BackupOnline.Rules.Traffic;
using static BackupOnline.Grains.Tests.Traffic.TrafficWorld;

namespace BackupOnline.Grains.Tests.Traffic;

[Collection(TrafficCollection.Name)]
public sealed class TrafficReportTests(TrafficFixture fixture)
{
    [Fact]
    public async Task Repeated_and_reordered_reports_change_nothing_and_nodes_and_boots_add_up()
    {
        await using var cluster = await fixture.StartAsync();
        var world = await new TrafficWorld(cluster).StartAsync();
        var slot = TrafficSlot.Of(world.Now);

        await World.Must(world.ReportAsync(Slot(slot, 100, 10), Slot(slot - 1, 0)));
        await World.Must(world.ReportAsync(Slot(slot, 70, 30)));
        await World.Must(world.ReportAsync(Slot(slot, 40), Slot(slot, 90)));
        await World.Must(world.ReportAsync("n2", "a", Slot(slot, 5, 1)));
        await World.Must(world.ReportAsync("n2", "b", Slot(slot, 7, 2)));
        await World.Must(world.ReportAsync(Slot(slot, 100, 10)));

        var month = await world.ReadAsync(world.Month);
        Assert.Equal((112, 33, 1), (month.TotalInBytes, month.TotalOutBytes, month.BusySlots));
        await cluster.ForgetAsync(world.Grain);
        Assert.Equal((112, 33, 1), await world.ReadAsync(world.Month) is var again ? (again.TotalInBytes, again.TotalOutBytes, again.BusySlots) : default);
    }

    [Fact]
    public async Task Nonsense_is_refused_as_a_whole_and_changes_nothing()
    {
        await using var cluster = await fixture.StartAsync();
        var world = await new TrafficWorld(cluster).StartAsync();
        var slot = TrafficSlot.Of(world.Now);

        async Task Refuse(string code, string node, string boot, params SlotTraffic[] slots) =>
            await World.Refused(RefusalKind.Invalid, code, world.ReportAsync(node, boot, [Slot(slot, 1), .. slots]));
        await Refuse("bytes-negative", "n1", "a", Slot(slot, -1));
        await Refuse("bytes-negative", "n1", "a", Slot(slot, 0, -1));
        await Refuse("bytes-absurd", "n1", "a", Slot(slot, 3_750_000_000_001));
        await Refuse("bytes-absurd", "n1", "a", Slot(slot, 0, 3_750_000_000_001));
        await Refuse("slot-in-future", "n1", "a", Slot(slot + 3, 1));
        await Refuse("slot-invalid", "n1", "a", Slot(-1, 1));
        await Refuse("boot-invalid", "n1", "a,b");
        await Refuse("boot-invalid", "n1", "");
        await Refuse("node-invalid", "N 1", "a");
        await World.Refused(RefusalKind.Invalid, "slots-invalid", world.ReportAsync());
        await World.Refused(RefusalKind.Invalid, "slots-invalid", world.ReportAsync([.. Enumerable.Range(0, 2_017).Select(i => Slot(slot - i, 1))]));
        await World.Refused(RefusalKind.NotFound, "tenant-not-found", cluster.Grains.Get(new TrafficKey(World.Name("t"))).ReportAsync(
            new() { Node = "n1", Boot = "a", Slots = [Slot(slot, 1)] }, default));

        Assert.Equal((0, 0), await world.ReadAsync(world.Month) is var month ? (month.TotalInBytes, month.BusySlots) : default);
        await World.Must(world.ReportAsync(Slot(slot + 1, 3_750_000_000_000)));
    }

    [Fact]
    public async Task When_a_silo_is_killed_reports_go_on_and_the_totals_are_exact()
    {
        await using var cluster = await fixture.StartAsync(silos: 2);
        var worlds = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => new TrafficWorld(cluster).StartAsync()));
        var slot = TrafficSlot.Of(worlds[0].Now);
        foreach (var world in worlds) await World.Must(world.ReportAsync(Slot(slot, 100)));

        await cluster.Silos.KillSiloAsync(cluster.Silos.Silos[1]);

        foreach (var world in worlds)
        {
            await Eventually.Async("a report that is taken", () => TryAsync(() => world.ReportAsync(Slot(slot, 150))), taken => taken);
            Assert.Equal(150, (await world.ReadAsync(world.Month)).TotalInBytes);
        }
    }

    [Fact]
    public async Task A_node_alone_has_the_whole_rate_and_two_share_it_by_demand()
    {
        await using var cluster = await fixture.StartAsync();
        var world = await new TrafficWorld(cluster).StartAsync();
        Task<TrafficShare> AskAsync(string node, long demand) => World.Must(world.Grain.ShareAsync(new() { Node = node, DemandBitsPerSecond = demand }, default));

        Assert.Equal((100_000_000, 100_000_000), await AskAsync("n1", 1_000_000) is var alone ? (alone.BitsPerSecond, alone.NextSlotBitsPerSecond) : default);
        Assert.Equal(50_000_000, (await AskAsync("n2", 1_000_000)).BitsPerSecond);
        Assert.Equal(99_000_000, (await AskAsync("n1", 200_000_000)).BitsPerSecond);
        Assert.Equal(50_000_000, (await AskAsync("n2", 200_000_000)).BitsPerSecond);
        cluster.Clock.Advance(TimeSpan.FromSeconds(16));
        Assert.Equal(100_000_000, (await AskAsync("n2", 5)).BitsPerSecond);
        await World.Refused(RefusalKind.Invalid, "demand-invalid", world.Grain.ShareAsync(new() { Node = "n1", DemandBitsPerSecond = -1 }, default));
    }

    private static async Task<bool> TryAsync(Func<Task<Reply<TrafficReceipt>>> call)
    {
        try
        {
            return (await call()).Succeeded;
        }
        catch (Exception fault) when (fault is TimeoutException or OrleansException)
        {
            return false;
        }
    }
}
