using BackupOnline.Grains.Interfaces.Schedules;
using BackupOnline.Grains.Tests.Running;
using Npgsql;

namespace BackupOnline.Grains.Tests.Schedules;

/// <summary>Schedules from the row to the target and back, on a cluster of their own.</summary>
public sealed class SchedulePartitionTests(GrainsFixture fixture) : IAsyncLifetime
{
    private readonly string service = World.Name("s");
    private GrainCluster cluster = null!;
    private ScheduleWorld world = null!;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => cluster.DisposeAsync();

    // A busy machine answers late: only a test of lateness is short of patience.
    private async Task StartAsync(double lease = 60, double answerWithin = 10)
    {
        cluster = await fixture.StartClusterAsync(service, silos: 2, schedules: options =>
        {
            options.Lease = TimeSpan.FromSeconds(lease);
            options.AnswerWithin = TimeSpan.FromSeconds(answerWithin);
            options.BackOff = TimeSpan.FromSeconds(0.2);
            options.MaxBackOff = TimeSpan.FromSeconds(0.5);
        });
        world = new(cluster);
    }

    [Fact]
    public async Task Each_of_many_due_at_one_instant_is_fired_once()
    {
        await StartAsync();
        var ids = Enumerable.Range(0, 1_000).Select(i => $"{world.Id}/{i}").ToList();
        var due = cluster.Clock.GetUtcNow().AddSeconds(1);

        await world.WriteAsync([.. ids.Select(id => world.Row(id, due, TimingSpec.Every(TimeSpan.FromDays(1))))]);
        await Eventually.Async("every outcome", () => CountAsync("last_outcome = 'done'"), count => count == ids.Count);

        Assert.All(ids, id => Assert.Equal(1, Assert.Single(Probe.Of(id)).Attempt));
        Assert.Equal(ids.Count, await CountAsync($"next_due > last_due and lease is null and generation = 1"));
    }

    [Fact]
    public async Task After_a_week_without_a_clock_each_runs_once_and_goes_on_in_the_future()
    {
        await StartAsync();
        var due = cluster.Clock.GetUtcNow().AddHours(1);
        await world.WriteAsync(world.Row(world.Id, due, TimingSpec.Daily("22:00", "Europe/Paris")));

        cluster.Clock.Advance(TimeSpan.FromDays(7));
        await Eventually.Async("the catch-up's outcome", () => CountAsync("last_outcome = 'done'"), count => count == 1);

        Assert.Equal(due, Assert.Single(Probe.Of(world.Id)).DueAt, TimeSpan.FromMilliseconds(1));
        Assert.Equal(1, await CountAsync($"next_due > '{cluster.Clock.GetUtcNow():O}'"));
        Assert.Equal(1, await TroublesAsync("outcome = 'done'"));
    }

    [Fact]
    public async Task A_target_that_throws_is_fired_again_with_the_same_due_instant_until_it_does_not()
    {
        await StartAsync();
        Probe.Behave(world.Id, firing => firing.Attempt < 3 ? throw new InvalidOperationException("No.") : Task.FromResult(FiringOutcome.Ended));
        await world.WriteAsync(world.Row(world.Id, cluster.Clock.GetUtcNow()));

        await Eventually.Async("the row's end", () => CountAsync("true"), count => count == 0);

        Assert.Equal([1, 2, 3], Probe.Of(world.Id).Select(f => f.Attempt));
        Assert.Single(Probe.Of(world.Id).Select(f => f.DueAt).Distinct());
    }

    [Fact]
    public async Task A_target_that_hangs_is_not_fired_again_before_its_lease_has_ended()
    {
        await StartAsync(lease: 4, answerWithin: 1);
        var gate = new TaskCompletionSource<FiringOutcome>(TaskCreationOptions.RunContinuationsAsynchronously);
        Probe.Behave(world.Id, firing => firing.Attempt == 1 ? gate.Task : Task.FromResult(FiringOutcome.Done));
        await world.WriteAsync(world.Row(world.Id, cluster.Clock.GetUtcNow()));

        await Eventually.Async("a row without an answer", () => CountAsync("last_outcome = 'unanswered' and lease is not null"), count => count == 1);
        Assert.Equal(1, await TroublesAsync("outcome = 'unanswered' and attempt = 1"));
        Assert.Single(Probe.Of(world.Id));
        gate.SetResult(FiringOutcome.Done);

        Assert.Equal([1, 2], (await ScheduleWorld.FiredAsync(world.Id, 2)).Select(f => f.Attempt));
    }

    [Fact]
    public async Task What_is_no_scheduled_grain_is_a_recorded_failure_and_harms_no_other()
    {
        await StartAsync();
        await world.WriteAsync(
            world.Row($"{world.Id}/a", cluster.Clock.GetUtcNow(), target: GrainId.Create("tenant", "tenant/nobody")),
            world.Row($"{world.Id}/b", cluster.Clock.GetUtcNow(), target: GrainId.Create("no-such-grain", "x/y")),
            world.Row($"{world.Id}/c", cluster.Clock.GetUtcNow(), TimingSpec.Every(TimeSpan.FromDays(1))));

        await Eventually.Async("two failures", () => CountAsync("last_outcome = 'failed' and last_why is not null"), count => count == 2);
        await ScheduleWorld.FiredAsync($"{world.Id}/c", 1);
    }

    [Fact]
    public async Task A_change_while_a_firing_is_in_flight_wins_over_its_outcome()
    {
        await StartAsync();
        var gate = new TaskCompletionSource<FiringOutcome>(TaskCreationOptions.RunContinuationsAsynchronously);
        Probe.Behave(world.Id, firing => firing.DueAt.Year < 2100 && Probe.Of(world.Id).Count == 1 ? gate.Task : Task.FromResult(FiringOutcome.Ended));
        await world.WriteAsync(world.Row(world.Id, cluster.Clock.GetUtcNow(), TimingSpec.Every(TimeSpan.FromHours(1))));
        await ScheduleWorld.FiredAsync(world.Id, 1);

        var changed = cluster.Clock.GetUtcNow().AddDays(40);
        await world.WriteAsync(world.Row(world.Id, changed));
        gate.SetResult(FiringOutcome.Done);

        await Eventually.Async("a free row with the owner's due instant", () => CountAsync($"lease is null and generation = 2 and next_due > '{changed.AddMinutes(-1):O}'"), count => count == 1);
        Assert.Single(Probe.Of(world.Id));
    }

    [Fact]
    public async Task After_the_death_of_a_silo_nothing_is_lost_and_its_partitions_work_again()
    {
        await StartAsync(lease: 5, answerWithin: 3);
        var ids = Enumerable.Range(0, 200).Select(i => $"{world.Id}/{i}").ToList();
        await world.WriteAsync([.. ids.Select(id => world.Row(id, cluster.Clock.GetUtcNow().AddSeconds(1), TimingSpec.Every(TimeSpan.FromDays(1))))]);

        await cluster.Silos.KillSiloAsync(cluster.Silos.Silos[1]);

        await Eventually.Async("every outcome", () => CountAsync("last_outcome = 'done' and lease is null"), count => count == ids.Count);
        Assert.All(ids, id => Assert.NotEmpty(Probe.Of(id)));
        Assert.All(ids, id => Assert.Single(Probe.Of(id).Select(f => f.DueAt).Distinct()));
    }

    private Task<long> CountAsync(string where) => ScalarAsync($"select count(*) from schedule where service_id = $1 and {where}");

    private Task<long> TroublesAsync(string where) => ScalarAsync($"select count(*) from schedule_trouble where service_id = $1 and {where}");

    private async Task<long> ScalarAsync(string sql)
    {
        await using var command = fixture.Apart.CreateCommand(sql);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = service });
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
