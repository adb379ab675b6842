using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using BackupOnline.Grains.Interfaces.Names;
using BackupOnline.Grains.Interfaces.Replies;
using BackupOnline.Grains.Interfaces.Schedules;
using BackupOnline.Grains.Interfaces.Traffic;
using BackupOnline.Grains.Tests.Running;
using BackupOnline.Persistence.Log;
using BackupOnline.Persistence.Traffic;
using BackupOnline.Rules.Traffic;
using NodaTime;
using static BackupOnline.Grains.Tests.Traffic.TrafficWorld;

namespace BackupOnline.Grains.Tests.Traffic;

[Collection(TrafficCollection.Name)]
public sealed class TrafficMonthTests(TrafficFixture fixture)
{
    private static readonly Duration Grace = Duration.FromHours(48);

    [Fact]
    public async Task A_month_is_sealed_once_after_its_grace_and_then_takes_nothing_any_more()
    {
        await using var cluster = await fixture.StartAsync();
        var world = await new TrafficWorld(cluster).StartAsync();
        var month = world.ToNextMonth(Duration.FromDays(20));
        await World.Must(world.ReportAsync(Slots(month, 500, 300_000_000, 1_000)));
        var running = await world.ReadAsync(month);
        Assert.Equal((300_000_000, true, false, 500, -1 * (500 - running.FreeSamples)), (running.P95Bytes, running.Exceeded, running.Sealed, running.CreditsUsed, running.CreditsLeft));

        world.ToNextMonth(Grace - Duration.FromMinutes(1));
        Assert.Equal(FiringResult.Failed, (await world.SealAsync(month)).Result);
        await World.Must(world.ReportAsync(Slot(month.EndSlot - 1, 5)));
        cluster.Clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal((0, 1), await World.Must(world.ReportAsync(Slot(month.EndSlot - 2, 5))) is var late ? (late.Taken, late.Sealed) : default);
        Assert.Equal(FiringResult.Done, (await world.SealAsync(month)).Result);
        var first = await world.ReadAsync(month);
        Assert.Equal(FiringResult.Done, (await world.SealAsync(month)).Result);
        await World.Must(world.ReportAsync(Slot(month.EndSlot - 2, 5), Slot(month.EndSlot, 7)));

        await cluster.ForgetAsync(world.Grain);
        var closed = await world.ReadAsync(month);
        Assert.Equal((true, first.Hash, 300_000_000, (500 * 300_000_000L) + 5), (closed.Sealed, closed.Hash, closed.P95Bytes, closed.TotalInBytes));
        Assert.Equal((TrafficStanding.Conformity, "exceeded", false), (closed.NextBurst.Standing, closed.NextBurst.Reason, closed.NextBurst.Provisional));
        await cluster.Grains.Get(new LogKey(world.Tenant)).DrainAsync(default);
        var log = await new AuditLogReader(fixture.Database).PageAsync(world.Tenant, 0, 100, default);
        // The month before it may have been sealed meanwhile, by the schedule.
        Assert.Single(log, entry => entry.Fact.Event == "traffic.sealed" && entry.Fact.Details["month"] == TrafficWorld.Text(month));
        Assert.Single(log, entry => entry.Fact.Event == "traffic.refused-late");
    }

    [Fact]
    public async Task The_sealed_document_and_the_raw_export_prove_each_other()
    {
        await using var cluster = await fixture.StartAsync();
        var world = await new TrafficWorld(cluster).StartAsync();
        var month = world.ToNextMonth(Duration.FromDays(20));
        await World.Must(world.ReportAsync(Slots(month, 50, 9_000, 5)));
        await World.Must(world.ReportAsync("n2", "b.1", Slots(month, 20, 1_000)));
        world.ToNextMonth(Grace);
        await world.SealAsync(month);

        var statement = await World.Must(world.Grain.StatementAsync(Text(month), default));
        Assert.Equal(statement.Month.Hash, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(statement.SealedDocument!))));
        var csv = new ArrayBufferWriter<byte>();
        csv.Write(SampleCsv.Header);
        var samples = new TrafficSamples(fixture.Database, new(fixture.Database));
        await foreach (var row in samples.StreamAsync(world.Tenant, (int)month.FirstSlot, (int)month.EndSlot, null, null, default)) SampleCsv.Write(csv, row);
        using var document = JsonDocument.Parse(statement.SealedDocument!);
        Assert.Equal(document.RootElement.GetProperty("samplesSha256").GetString(), Convert.ToHexStringLower(SHA256.HashData(csv.WrittenSpan)));
        Assert.Equal(71, Encoding.UTF8.GetString(csv.WrittenSpan).Count(c => c == '\n'));
    }

    [Fact]
    public async Task After_a_month_above_the_limit_the_quiet_ceiling_holds_outside_the_credits()
    {
        await using var cluster = await fixture.StartAsync();
        var world = await new TrafficWorld(cluster).StartAsync();
        var month = world.ToNextMonth(Duration.FromDays(20));
        await World.Must(world.ReportAsync(Slots(month, 500, 300_000_000)));
        var next = world.ToNextMonth(Duration.FromDays(10));
        await world.SealAsync(month);

        var present = (await world.ReadAsync(next)).Burst;
        Assert.Equal((TrafficStanding.Conformity, 5_000, 100_000), (present.Standing, present.QuietCeilingKbps, present.BurstKbps));
        Task<TrafficShare> AskAsync() => World.Must(world.Grain.ShareAsync(new() { Node = "n1", DemandBitsPerSecond = 1_000_000_000 }, default));
        Assert.Equal(100_000_000, (await AskAsync()).BitsPerSecond);
        await World.Must(world.ReportAsync(Slots(next, present.BurstSamples!.Value, 200_000_000)));
        Assert.Equal((4_900_000, 4_900_000), await AskAsync() is var quiet ? (quiet.BitsPerSecond, quiet.NextSlotBitsPerSecond) : default);
        await World.Must(world.ReportAsync(Slot(TrafficSlot.Of(world.Now), 200_000_000)));
        Assert.Equal((100_000_000, 4_900_000), await AskAsync() is var costs ? (costs.BitsPerSecond, costs.NextSlotBitsPerSecond) : default);
    }

    [Fact]
    public async Task A_correction_is_an_entry_of_its_own_in_the_customers_favour_only()
    {
        await using var cluster = await fixture.StartAsync();
        var world = await new TrafficWorld(cluster).StartAsync();
        var month = world.ToNextMonth(Duration.FromDays(20));
        await World.Must(world.ReportAsync(Slots(month, 500, 300_000_000)));
        var request = new CorrectTraffic { Caller = World.NewCaller(), Month = Text(month), P95Bytes = 187_500_000, Reason = "a meter of ours was wrong" };
        await World.Refused(RefusalKind.Conflict, "month-not-sealed", world.Grain.CorrectAsync(request, default));
        var next = world.ToNextMonth(Duration.FromDays(5));
        await world.SealAsync(month);

        await World.Refused(RefusalKind.Conflict, "correction-not-in-favour", world.Grain.CorrectAsync(request with { Caller = World.NewCaller(), P95Bytes = 300_000_000 }, default));
        var made = await world.Grain.CorrectAsync(request, default);
        var again = await world.Grain.CorrectAsync(request, default);
        Assert.Equal((true, false, 1), (made.IsFirst, again.IsFirst, again.Value!.Number));
        await World.Refused(RefusalKind.Conflict, "correction-not-in-favour", world.Grain.CorrectAsync(request with { Caller = World.NewCaller() }, default));

        var corrected = await world.ReadAsync(month);
        Assert.Equal((300_000_000, 187_500_000, true), (corrected.P95Bytes, corrected.CorrectedP95Bytes, corrected.Sealed));
        Assert.Equal((TrafficStanding.Free, "conform"), await world.ReadAsync(next) is var present ? (present.Burst.Standing, present.Burst.Reason) : default);
    }

    [Fact]
    public async Task A_month_without_a_sample_is_a_valid_month_of_noughts()
    {
        await using var cluster = await fixture.StartAsync();
        var world = await new TrafficWorld(cluster).StartAsync();
        var month = world.Month;
        await World.Refused(RefusalKind.NotFound, "month-not-begun", world.Grain.MonthAsync(Text(month.Next), default));
        await World.Refused(RefusalKind.NotFound, "month-before-tenant", world.Grain.MonthAsync(Text(month.Previous), default));
        await World.Refused(RefusalKind.Invalid, "month-invalid", world.Grain.MonthAsync("2026-13", default));
        world.ToNextMonth(Grace);
        await world.SealAsync(month);

        var statement = await World.Must(world.Grain.StatementAsync(Text(month), default));
        Assert.Equal((true, 0, false, month.Samples), (statement.Month.Sealed, statement.Month.P95Bytes, statement.Month.Exceeded, statement.Month.Samples));
        Assert.Empty(statement.Curve);
        Assert.Null(statement.Deciding);
        Assert.Contains(statement.Rule, text => text.En.Contains("limit is kept", StringComparison.Ordinal) && text.Fr.Contains("respectée", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_statement_names_the_deciding_slot_and_the_jobs_above_it()
    {
        await using var cluster = await fixture.StartAsync();
        var world = new TrafficWorld(cluster);
        await world.World.WithHostAsync();
        var month = world.ToNextMonth(Duration.FromDays(20));
        var job = await World.Must(world.World.HostGrain.OpenJobAsync(new() { Caller = World.NewCaller(), Kind = Interfaces.Jobs.JobKind.Backup, Vault = "main" }, default));
        var running = TrafficSlot.Of(world.Now);
        await World.Must(world.ReportAsync([.. Slots(month, 500, 200_000_000), Slot(running, 400_000_000)]));

        var statement = await World.Must(world.Grain.StatementAsync(Text(month), default));
        Assert.Equal(statement.Month.FreeSamples + 1, statement.Curve.Length);
        Assert.Equal(new RankedSlot(running, 400_000_000), new(statement.Curve[0].Slot, statement.Curve[0].Bytes));
        Assert.Equal((200_000_000, statement.Month.FreeSamples + 1), (statement.Deciding!.Value.Bytes, statement.Deciding.Value.Position));
        Assert.Equal((job.Id, 1), Assert.Single(statement.JobsAbove) is var above ? (above.Job, above.SlotsAbove) : default);
        Assert.Contains(statement.Rule, text => text.En.Contains("5.333 Mbit/s", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_operators_burst_applies_at_once_when_it_gives_more_and_from_the_next_month_when_it_gives_less()
    {
        await using var cluster = await fixture.StartAsync();
        var world = await new TrafficWorld(cluster).StartAsync();
        Task<TrafficShare> AskAsync() => World.Must(world.Grain.ShareAsync(new() { Node = "n1", DemandBitsPerSecond = 1 }, default));
        var raise = new SetBurst { Caller = World.NewCaller(), BurstKbps = 200_000, Reason = "seeding" };
        await World.Refused(RefusalKind.Invalid, "burst-invalid", world.Grain.SetBurstAsync(raise with { BurstKbps = 4_999 }, default));
        await World.Must(world.Grain.SetBurstAsync(raise, default));
        Assert.False((await world.Grain.SetBurstAsync(raise, default)).IsFirst);
        Assert.Equal(200_000_000, (await AskAsync()).BitsPerSecond);

        var lower = await World.Must(world.Grain.SetBurstAsync(new() { Caller = World.NewCaller(), BurstKbps = 20_000, Reason = "agreed" }, default));
        Assert.Equal(world.Month.End.ToDateTimeOffset(), lower.AppliesFrom);
        Assert.Equal(200_000_000, (await AskAsync()).BitsPerSecond);
        world.ToNextMonth(Duration.FromHours(1));
        await cluster.ForgetAsync(world.Grain);
        Assert.Equal(20_000_000, (await AskAsync()).BitsPerSecond);
        await World.Must(world.Grain.SetBurstAsync(new() { Caller = World.NewCaller(), Reason = "back" }, default));
        Assert.Equal(100_000_000, (await AskAsync()).BitsPerSecond);
    }
}
