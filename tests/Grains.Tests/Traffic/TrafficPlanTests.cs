using BackupOnline.Grains.Interfaces.Jobs;
using BackupOnline.Grains.Interfaces.Names;
using BackupOnline.Grains.Interfaces.Replies;
using BackupOnline.Grains.Interfaces.Traffic;
using BackupOnline.Grains.Tests.Running;
using NodaTime;
using static BackupOnline.Grains.Tests.Traffic.TrafficWorld;

namespace BackupOnline.Grains.Tests.Traffic;

[Collection(TrafficCollection.Name)]
public sealed class TrafficPlanTests(TrafficFixture fixture)
{
    private const long GB = 1_000_000_000;

    [Fact]
    public async Task A_run_is_planned_from_what_the_ones_before_it_sent_and_from_how_far_it_is()
    {
        await using var cluster = await fixture.StartAsync();
        var world = new TrafficWorld(cluster);
        await world.World.WithHostAsync();
        var month = world.ToNextMonth(Duration.FromHours(22));
        for (var day = 0; day < 9; day++)
        {
            var past = await OpenAsync(world);
            await World.Must(JobOf(cluster, world, past).FinishAsync(
                new() { Caller = World.NewCaller(), Attempt = 1, ExitCode = 0, Progress = new() { BytesDone = 1_000 * GB, BytesTotal = 1_000 * GB, BytesSent = 60 * GB } }, default));
            cluster.Clock.Advance(TimeSpan.FromDays(1));
        }

        var job = await OpenAsync(world);
        var plan = await World.Must(world.Grain.PlanAsync(new() { Job = job }, default));
        Assert.Equal((60 * GB, month.Samples / 20), (plan.BytesLeft, plan.CreditsLeft));
        Assert.Equal("needed-credits", plan.Reason);
        Assert.True(plan.NeededCredits is 2 or 3 && plan.Credits > plan.NeededCredits && plan.ReservedCredits > 0);
        // The slot that has begun may stand alone or together with those after it.
        Assert.Contains(plan.Spans.Take(2), span => span.Kind == "burst");
        Assert.All(plan.Spans, span => Assert.InRange(span.BitsPerSecond, 1, 100_000_000));
        Assert.True(plan.EndsAt < cluster.Clock.GetUtcNow() + TimeSpan.FromHours(24));

        // A tenth of the source took 30 GB: more is to come than was expected.
        await World.Must(JobOf(cluster, world, job).ReportAsync(
            new() { Caller = World.NewCaller(), Attempt = 1, Progress = new() { BytesDone = 100 * GB, BytesTotal = 1_000 * GB, BytesSent = 30 * GB } }, default));
        Assert.True((await World.Must(world.Grain.PlanAsync(new() { Job = job }, default))).BytesLeft > 100 * GB);

        // What is left of the credits is needed by later days: quietly at first, in bursts as late as the deadline allows.
        await World.Must(world.ReportAsync(Slots(month, (month.Samples / 20) - 150, 3 * GB)));
        var tight = await World.Must(world.Grain.PlanAsync(new() { Job = job }, default));
        Assert.Equal((150, "late-credits", "quiet"), (tight.CreditsLeft, tight.Reason, tight.Spans[1].Kind));
        Assert.InRange(tight.Spans[1].BitsPerSecond, 4_800_000, 5_000_000);
    }

    [Fact]
    public async Task What_would_be_is_told_before_it_is_and_changes_nothing()
    {
        await using var cluster = await fixture.StartAsync();
        var world = await new TrafficWorld(cluster).StartAsync();
        var month = world.ToNextMonth(Duration.FromDays(10));
        await World.Must(world.ReportAsync(Slots(month, (month.Samples / 20) - 5, 3 * GB)));
        var ask = new AskWhatIf { StartsAt = cluster.Clock.GetUtcNow() + TimeSpan.FromHours(2), Bytes = 40 * GB };

        var answer = await World.Must(world.Grain.WhatIfAsync(ask, default));

        Assert.Equal((0, false, (month.Samples / 20) - 5), (answer.Without.CreditsExpected, answer.Without.Exceeded, answer.Without.CreditsUsed));
        Assert.True(answer.AtOnce.Month.Exceeded && answer.AtOnce.Credits == 11 && !answer.Paced.Month.Exceeded);
        Assert.True(answer.Paced.EndsAt > answer.AtOnce.EndsAt && answer.Paced.EndsAt <= ask.StartsAt + TimeSpan.FromHours(24));
        Assert.Equal((month.Samples / 20) - 5, (await world.ReadAsync(month)).CreditsUsed);
        await World.Refused(RefusalKind.Invalid, "bytes-invalid", world.Grain.WhatIfAsync(ask with { Bytes = -1 }, default));
        await World.Refused(RefusalKind.Invalid, "start-invalid", world.Grain.WhatIfAsync(ask with { StartsAt = cluster.Clock.GetUtcNow() - TimeSpan.FromMinutes(10) }, default));
        await World.Refused(RefusalKind.Invalid, "start-invalid", world.Grain.WhatIfAsync(ask with { StartsAt = month.End.ToDateTimeOffset() }, default));
        await World.Refused(RefusalKind.NotFound, "tenant-not-found", cluster.Grains.Get(new TrafficKey("nobody")).WhatIfAsync(ask, default));
    }

    [Fact]
    public async Task Only_backups_under_way_have_a_plan()
    {
        await using var cluster = await fixture.StartAsync();
        var world = new TrafficWorld(cluster);
        await world.World.WithHostAsync();
        await World.Refused(RefusalKind.NotFound, "job-not-found", world.Grain.PlanAsync(new() { Job = JobKey.NewId(cluster.Clock.GetUtcNow()) }, default));

        var restore = (await World.Must(world.World.HostGrain.OpenJobAsync(new() { Caller = World.NewCaller(), Kind = JobKind.Restore, Vault = "main" }, default))).Id;
        var free = await World.Must(world.Grain.PlanAsync(new() { Job = restore }, default));
        Assert.Equal(("not-paced", 0), (free.Reason, free.Spans.Length));

        var backup = await OpenAsync(world);
        var plan = await World.Must(world.Grain.PlanAsync(new() { Job = backup }, default));
        Assert.Equal("plenty-of-credits", plan.Reason);
        Assert.True(plan.Spans[0].BitsPerSecond > 90_000_000);

        await World.Must(JobOf(cluster, world, backup).FinishAsync(new() { Caller = World.NewCaller(), Attempt = 1, ExitCode = 0 }, default));
        await World.Refused(RefusalKind.Conflict, "job-ended", world.Grain.PlanAsync(new() { Job = backup }, default));
    }

    private static async Task<string> OpenAsync(TrafficWorld world) =>
        (await World.Must(world.World.HostGrain.OpenJobAsync(new() { Caller = World.NewCaller(), Kind = JobKind.Backup, Vault = "main" }, default))).Id;

    private static IJobGrain JobOf(GrainCluster cluster, TrafficWorld world, string job) => cluster.Grains.Get(new JobKey(world.Tenant, job));
}
