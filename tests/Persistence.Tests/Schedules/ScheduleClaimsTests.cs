using BackupOnline.Grains.Interfaces.Schedules;
using BackupOnline.Persistence.Schedules;
using BackupOnline.Persistence.Storage;
using BackupOnline.Persistence.Tests.Providers;
using Orleans.Storage;
using static BackupOnline.Persistence.Tests.Storage.RecordedBench;

namespace BackupOnline.Persistence.Tests.Schedules;

public sealed class ScheduleClaimsTests(DatabaseFixture fixture)
{
    private static readonly DateTimeOffset Due = new(2026, 5, 1, 20, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);
    private readonly string _service = DatabaseFixture.NewName("s");
    private readonly string _id = DatabaseFixture.NewName("test-run/acme");
    private readonly GrainId _owner = NewGrain();

    private ScheduleClaims Claims => new(fixture.Database, ClusterOf(_service));

    private int Partition => SchedulePartitions.Of(_id);

    [Fact]
    public async Task What_is_due_is_claimed_with_its_timing_and_what_is_not_is_told_of()
    {
        await OwnAsync(Due, timing: TimingSpec.Daily("22:00", "Europe/Paris", [1, 5], TimeSpan.FromHours(2)));

        var early = await Claims.ClaimAsync(Partition, Due.AddTicks(-10), Lease, 500, default);
        var claim = await Claims.ClaimAsync(Partition, Due, Lease, 500, default);

        Assert.Empty(early.Firings);
        Assert.Equal(Due, early.NextReady);
        var firing = Assert.Single(claim.Firings);
        Assert.Equal((_id, _owner.ToString(), "test.run", 1L, Due, 1), (firing.Schedule, firing.Target, firing.Kind, firing.Generation, firing.DueAt, firing.Attempt));
        Assert.Equal(("22:00", "Europe/Paris", TimeSpan.FromHours(2)), (firing.Timing.Time, firing.Timing.Zone, firing.Timing.Window));
        Assert.Equal([1, 5], firing.Timing.Weekdays);
        Assert.Equal(Due + Lease, claim.NextReady);
    }

    [Fact]
    public async Task A_lease_is_nobody_elses_until_it_ends_and_then_the_attempt_counts_on()
    {
        await OwnAsync(Due);
        await ClaimOneAsync(Due);

        Assert.Empty((await Claims.ClaimAsync(Partition, Due + Lease - TimeSpan.FromMilliseconds(1), Lease, 500, default)).Firings);
        Assert.Equal((2, Due), await Attempt(Due + Lease));
        Assert.Equal((3, Due), await Attempt(Due + Lease + Lease));

        async Task<(int, DateTimeOffset)> Attempt(DateTimeOffset now)
        {
            var firing = await ClaimOneAsync(now);
            return (firing.Attempt, firing.DueAt);
        }
    }

    [Fact]
    public async Task Of_16_claimers_at_once_each_row_goes_to_one()
    {
        var ids = Enumerable.Range(0, 20_000).Select(i => $"{_id}/{i}").Where(i => SchedulePartitions.Of(i) == 0).Take(200).ToList();
        await OwnAsync([.. ids.Select(id => Row(id, Due))]);

        var claims = await OrleansSql.RaceAsync(_ => Claims.ClaimAsync(0, Due, Lease, 30, default));

        var firings = claims.SelectMany(c => c.Firings).Concat((await Claims.ClaimAsync(0, Due, Lease, 500, default)).Firings).ToList();
        Assert.Equal(ids.Order(), firings.Select(f => f.Schedule).Order());
        Assert.All(firings, f => Assert.Equal(1, f.Attempt));
    }

    [Fact]
    public async Task The_longest_due_comes_first()
    {
        var ids = Enumerable.Range(0, 20_000).Select(i => $"{_id}/{i}").Where(i => SchedulePartitions.Of(i) == 1).Take(3).ToList();
        await OwnAsync(Row(ids[0], Due.AddMinutes(2)), Row(ids[1], Due), Row(ids[2], Due.AddMinutes(1)));

        var claim = await Claims.ClaimAsync(1, Due.AddHours(1), Lease, 1, default);

        Assert.Equal(ids[1], Assert.Single(claim.Firings).Schedule);
        Assert.Equal(Due.AddMinutes(1), claim.NextReady);
    }

    [Fact]
    public async Task An_outcome_frees_the_row_and_sets_the_next_due_instant()
    {
        await OwnAsync(Due);
        var firing = await ClaimOneAsync(Due);

        var next = await EndAsync(firing, FiringEnding.Done, Due.AddDays(1));

        Assert.Equal(Due.AddDays(1), next);
        Assert.Equal((Due.AddDays(1), 1), await DueAndAttemptAsync(Due.AddDays(1)));
        Assert.Equal(1, await fixture.Database.CountAsync("schedule where service_id = $1 and last_outcome = 'done' and failures_in_a_row = 0", _service));
        Assert.Equal(0, await fixture.Database.CountAsync("schedule_trouble where service_id = $1", _service));
    }

    [Fact]
    public async Task A_failure_keeps_the_due_instant_and_is_recorded_at_most_16_times()
    {
        await OwnAsync(Due);
        var now = Due;
        for (var i = 1; i <= 20; i++)
        {
            var firing = await ClaimOneAsync(now);
            Assert.Equal((Due, i), (firing.DueAt, firing.Attempt));
            now = now.AddMinutes(1);
            await EndAsync(firing, FiringEnding.Failed, now, why: $"No. {i}\0", trouble: true);
        }

        Assert.Equal(16, await fixture.Database.CountAsync("schedule_trouble where service_id = $1", _service));
        Assert.Equal(1, await fixture.Database.CountAsync("schedule_trouble where service_id = $1 and attempt = 20 and why like 'No. 20%'", _service));
        Assert.Equal(1, await fixture.Database.CountAsync("schedule where service_id = $1 and failures_in_a_row = 20 and troubles = 20", _service));
    }

    [Fact]
    public async Task Without_an_answer_the_lease_stays_until_its_end()
    {
        await OwnAsync(Due);
        var firing = await ClaimOneAsync(Due);
        await EndAsync(firing, FiringEnding.Unanswered, Due.AddSeconds(30), trouble: true);

        Assert.Empty((await Claims.ClaimAsync(Partition, Due.AddSeconds(60), Lease, 500, default)).Firings);
        await OwnAsync(Due.AddSeconds(10), version: 2);
        Assert.Empty((await Claims.ClaimAsync(Partition, Due.AddSeconds(60), Lease, 500, default)).Firings);
        Assert.Equal((Due.AddSeconds(10), 1), await DueAndAttemptAsync(Due + Lease));
    }

    [Fact]
    public async Task A_change_by_the_owner_while_a_firing_is_in_flight_keeps_the_lease_and_its_own_due_instant()
    {
        await OwnAsync(Due);
        var firing = await ClaimOneAsync(Due);
        await OwnAsync(Due.AddHours(3), version: 2);
        await OwnAsync(Due.AddSeconds(1), version: 3);

        Assert.Empty((await Claims.ClaimAsync(Partition, Due.AddSeconds(5), Lease, 500, default)).Firings);
        await EndAsync(firing, FiringEnding.Done, Due.AddDays(1));

        var changed = await ClaimOneAsync(Due.AddSeconds(5));
        Assert.Equal((Due.AddSeconds(1), 3L, 1), (changed.DueAt, changed.Generation, changed.Attempt));
    }

    [Fact]
    public async Task An_end_takes_the_row_away_unless_the_owner_changed_it_meanwhile()
    {
        await OwnAsync(Due);
        var first = await ClaimOneAsync(Due);
        await OwnAsync(Due.AddHours(1), version: 2);
        await EndAsync(first, FiringEnding.Ended, Due);
        Assert.Equal(1, await fixture.Database.CountAsync("schedule where service_id = $1 and lease is null", _service));

        await EndAsync(await ClaimOneAsync(Due.AddHours(1)), FiringEnding.Ended, Due);
        Assert.Equal(0, await fixture.Database.CountAsync("schedule where service_id = $1", _service));
    }

    [Fact]
    public async Task An_outcome_under_a_lost_lease_changes_nothing()
    {
        await OwnAsync(Due);
        var lost = await ClaimOneAsync(Due);
        var held = await ClaimOneAsync(Due + Lease);

        Assert.Null(await EndAsync(lost, FiringEnding.Done, Due.AddDays(9)));
        Assert.Null(await EndAsync(lost, FiringEnding.Ended, Due, trouble: true));
        await EndAsync(held, FiringEnding.Done, Due.AddDays(1));

        Assert.Null(await EndAsync(held, FiringEnding.Done, Due.AddDays(5)));
        Assert.Equal(Due.AddDays(1), (await Claims.ClaimAsync(Partition, Due, Lease, 1, default)).NextReady);
        Assert.Equal(0, await fixture.Database.CountAsync("schedule_trouble where service_id = $1", _service));
    }

    [Fact]
    public async Task The_owner_takes_a_schedule_away_and_an_outcome_does_not_bring_it_back()
    {
        await OwnAsync(Due);
        var firing = await ClaimOneAsync(Due);
        await EndAsync(firing, FiringEnding.Failed, Due, trouble: true);
        firing = await ClaimOneAsync(Due);
        await OwnAsync([Row(_id, null)], version: 2);

        Assert.Null(await EndAsync(firing, FiringEnding.Done, Due.AddDays(1)));
        Assert.Null((await Claims.ClaimAsync(Partition, Due, Lease, 1, default)).NextReady);
        Assert.Equal(0, await fixture.Database.CountAsync("schedule_trouble where service_id = $1", _service));
    }

    [Fact]
    public async Task Other_services_rows_are_not_seen()
    {
        await OwnAsync(Due);

        var claim = await new ScheduleClaims(fixture.Database, ClusterOf(DatabaseFixture.NewName("other"))).ClaimAsync(Partition, Due, Lease, 500, default);

        Assert.Empty(claim.Firings);
        Assert.Null(claim.NextReady);
    }

    [Fact]
    public async Task A_writer_that_lost_the_race_writes_no_schedule()
    {
        await OwnAsync(Due);
        await Assert.ThrowsAsync<InconsistentStateException>(() => OwnAsync(Due.AddDays(3)));

        Assert.Equal(Due, (await ClaimOneAsync(Due.AddDays(9))).DueAt);
    }

    [Fact]
    public async Task Of_several_rows_of_one_id_in_one_write_the_last_counts()
    {
        await OwnAsync(Row(_id, Due.AddDays(1)), Row(_id, Due));

        Assert.Equal(Due, (await ClaimOneAsync(Due)).DueAt);
    }

    [Fact]
    public void The_partition_of_an_id_never_changes()
    {
        Assert.Equal([35, 16, 10], new[] { "", "traffic-seal/acme", "é" }.Select(SchedulePartitions.Of));
        Assert.Equal(64, Enumerable.Range(0, 2_000).Select(i => SchedulePartitions.Of($"x/{i}")).Distinct().Count());
    }

    private Task OwnAsync(DateTimeOffset due, int version = 1, TimingSpec? timing = null) => OwnAsync([Row(_id, due) with { Timing = timing ?? TimingSpec.Once }], version);

    private Task OwnAsync(params ScheduleRow[] rows) => OwnAsync(rows, version: 1);

    private async Task OwnAsync(ScheduleRow[] rows, int version)
    {
        var state = new GrainState<Recorded>(new() { Number = version }, version == 1 ? null : $"{version - 1}");
        state.State!.Schedules.AddRange(rows);
        await StorageOver(fixture.Database, _service).WriteStateAsync(StateName, _owner, state);
        Assert.Empty(state.State.Schedules);
    }

    private ScheduleRow Row(string id, DateTimeOffset? due) => new() { Id = id, Target = _owner, Kind = "test.run", Scope = "acme", NextDue = due };

    private async Task<ClaimedFiring> ClaimOneAsync(DateTimeOffset now) => Assert.Single((await Claims.ClaimAsync(Partition, now, Lease, 500, default)).Firings);

    private async Task<(DateTimeOffset Due, int Attempt)> DueAndAttemptAsync(DateTimeOffset now)
    {
        var firing = await ClaimOneAsync(now);
        return (firing.DueAt, firing.Attempt);
    }

    private Task<DateTimeOffset?> EndAsync(ClaimedFiring firing, FiringEnding ending, DateTimeOffset readyAt, string? why = null, bool trouble = false) =>
        Claims.EndAsync(
            [new() { Firing = firing, Ending = ending, StartedAt = firing.DueAt, EndedAt = firing.DueAt.AddSeconds(1), ReadyAt = readyAt, Why = why, IsTrouble = trouble }], default);
}
