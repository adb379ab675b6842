using BackupOnline.Grains.Interfaces.Names;
using BackupOnline.Grains.Interfaces.Replies;
using BackupOnline.Grains.Interfaces.Schedules;
using BackupOnline.Grains.Interfaces.Traffic;
using BackupOnline.Grains.Tests.Running;
using BackupOnline.Grains.Traffic;
using BackupOnline.Persistence.Traffic;
using BackupOnline.Rules.Traffic;
using NodaTime;
using static BackupOnline.Grains.Tests.Traffic.TrafficWorld;

namespace BackupOnline.Grains.Tests.Traffic;

[Collection(TrafficCollection.Name)]
public sealed class TrafficOfficeTests(TrafficFixture fixture)
{
    [Fact]
    public async Task The_office_closes_every_month_of_every_tenant_in_order()
    {
        await using var cluster = await fixture.StartAsync();
        var busy = await new TrafficWorld(cluster).StartAsync();
        var idle = await new TrafficWorld(cluster).StartAsync();
        var first = busy.ToNextMonth(Duration.FromDays(20));
        await World.Must(busy.ReportAsync(Slots(first, 500, 300_000_000)));
        busy.ToNextMonth(Duration.FromDays(1));
        var third = busy.ToNextMonth(Duration.FromHours(48) + Duration.FromMinutes(5));
        var fresh = await new TrafficWorld(cluster).StartAsync();

        var outcome = await FireAsync(cluster);

        Assert.Equal((FiringResult.Done, third.End + Duration.FromHours(48) + Duration.FromMinutes(5)), (outcome.Result, Instant.FromDateTimeOffset(outcome.NextDue!.Value)));
        Assert.Equal((true, 300_000_000), await busy.ReadAsync(first) is var sealedMonth ? (sealedMonth.Sealed, sealedMonth.P95Bytes) : default);
        Assert.Equal((true, TrafficStanding.Free, "conform"), await busy.ReadAsync(first.Next) is var after ? (after.Sealed, after.NextBurst.Standing, after.NextBurst.Reason) : default);
        Assert.Equal((true, 0), await idle.ReadAsync(first) is var quiet ? (quiet.Sealed, quiet.P95Bytes) : default);
        Assert.False((await fresh.ReadAsync(third)).Sealed);
        Assert.Equal(outcome, await FireAsync(cluster));
    }

    [Fact]
    public async Task Sealing_many_at_once_gives_exactly_what_the_rules_give()
    {
        await using var cluster = await fixture.StartAsync();
        var calendar = new TrafficWorld(cluster);
        var (month, random) = (calendar.Month, new Random(95));
        var samples = new TrafficSamples(fixture.Database, new(fixture.Database));
        var months = new SealedMonths(fixture.Database);
        var readings = new Dictionary<string, List<SlotReading>>();
        foreach (var tenant in Enumerable.Range(0, 30).Select(_ => World.Name("t")).Order(StringComparer.Ordinal))
        {
            readings[tenant] = [];
            foreach (var (node, boot) in new[] { ("n1", "a"), ("n1", "b"), ("n2", "a") })
            {
                var count = random.Next(0, 700);
                var rows = Enumerable.Range(0, count).Select(_ => random.NextInt64(month.FirstSlot - 50, month.EndSlot + 50)).Distinct()
                    .Select(slot => new SlotReading(node, boot, slot, new(random.NextInt64(1, 500_000_000), random.NextInt64(0, 300_000_000)))).ToList();
                readings[tenant].AddRange(rows);
                await samples.MergeAsync(tenant, node, boot, [.. rows.Select(row => new SlotSum((int)row.Slot, row.Bytes.InBytes, row.Bytes.OutBytes))], default);
            }
        }

        var sealer = new MonthSealer(samples, months, cluster.Clock);
        var table = new PolicyTable([PolicyTable.Original]);
        Assert.Equal(30, await sealer.SealAsync([.. readings.Keys], month, table, default));
        Assert.Equal(0, await sealer.SealAsync([.. readings.Keys], month, table, default));

        foreach (var (tenant, raw) in readings)
        {
            var expected = MonthRule.Measure(MeteringWindow.Of(month), MergeRule.Merge(raw), TrafficPolicy.Default);
            var row = await months.FindAsync(tenant, Text(month), default);
            Assert.Equal(
                (expected.P95InBytes, expected.P95OutBytes, expected.P95Bytes, expected.TotalInBytes, expected.TotalOutBytes, expected.Exceeded),
                (row!.P95InBytes, row.P95OutBytes, row.P95Bytes, row.TotalInBytes, row.TotalOutBytes, row.Exceeded));
            var read = SealedDocument.Read(row.Document);
            Assert.Equal(expected.TopIn, read.TopIn);
            Assert.Equal(expected.TopOut, read.TopOut);
            Assert.Equal(expected.Top, read.Top);
            Assert.Equal((expected.Samples, expected.SamplesOverCap, expected.BusySlots), (read.Samples, read.SamplesOverCap, read.BusySlots));
            var next = RegimeRule.Next(RegimeRule.First(TrafficPolicy.Default), expected.P95Bytes, expected.VolumeBytes, month.Samples, month.Next.Samples, TrafficPolicy.Default, TrafficPolicy.Default);
            Assert.Equal(((short)next.Standing, next.BurstKbps), (row.StandingNext, row.BurstNextKbps));
        }
    }

    [Fact]
    public async Task Settings_apply_from_the_next_month_and_never_to_the_past()
    {
        await using var cluster = await fixture.StartAsync();
        var world = await new TrafficWorld(cluster).StartAsync();
        var office = cluster.Grains.Get(new TrafficOfficeKey());
        var request = new SetTrafficPolicy { Caller = World.NewCaller(), Settings = new() { LimitKbps = 10_000 }, Reason = "a new offer" };
        Task<Reply<TrafficPolicyView>> TryAsync(Func<SetTrafficPolicy, SetTrafficPolicy> change) => office.SetPolicyAsync(change(request with { Caller = World.NewCaller() }), default);
        await World.Refused(RefusalKind.Conflict, "policy-not-ahead", TryAsync(r => r with { FromMonth = Text(world.Month) }));
        await World.Refused(RefusalKind.Invalid, "month-invalid", TryAsync(r => r with { FromMonth = "soon" }));
        await World.Refused(RefusalKind.Invalid, "zone-unknown", TryAsync(r => r with { Settings = new() { Zone = "Europe/Atlantis" } }));
        await World.Refused(RefusalKind.Conflict, "zone-edge-differs", TryAsync(r => r with { Settings = new() { Zone = "UTC" } }));
        await World.Refused(RefusalKind.Invalid, "burst-invalid", TryAsync(r => r with { Settings = new() { BurstKbps = 4_000 } }));
        await World.Refused(RefusalKind.Invalid, "percent-invalid", TryAsync(r => r with { Settings = new() { TolerancePercent = 101 } }));

        var made = await World.Must(office.SetPolicyAsync(request, default));
        Assert.Equal((2, Text(world.Month.Next)), (made.Version, made.FromMonth));
        Assert.False((await office.SetPolicyAsync(request, default)).IsFirst);
        Assert.Equal((1, 5_000), await world.ReadAsync(world.Month) is var now ? (now.PolicyVersion, now.LimitKbps) : default);
        var month = world.Month;
        world.ToNextMonth(Duration.FromDays(1));
        Assert.Equal((2, 10_000), await world.ReadAsync(month.Next) is var next ? (next.PolicyVersion, next.LimitKbps) : default);
        Assert.Equal(5_000, (await world.ReadAsync(month)).LimitKbps);
    }

    // One firing ends in time for its caller and is due again at once while work is left.
    private static async Task<FiringOutcome> FireAsync(GrainCluster cluster)
    {
        var office = cluster.Grains.GetGrain<IScheduledGrain>(new TrafficOfficeKey().ToString(), "BackupOnline.Grains.Traffic.TrafficOfficeGrain");
        while (true)
        {
            var outcome = await office.FireAsync(new() { Schedule = "traffic-seal", Kind = "traffic.seal", DueAt = cluster.Clock.GetUtcNow(), Attempt = 1 }, default);
            if (outcome.NextDue is not { } next || next > cluster.Clock.GetUtcNow()) return outcome;
        }
    }
}
