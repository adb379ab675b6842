using BackupOnline.Rules.Jobs;
using NodaTime;

namespace BackupOnline.Rules.Tests.Jobs;

public sealed class JobRuleTests
{
    private static readonly JobPolicy Policy = JobPolicy.Default;
    private static readonly Instant Start = Instant.FromUtc(2026, 3, 1, 2, 0);
    private static readonly string Snapshot = new('a', 64);

    [Fact]
    public void The_first_start_opens_attempt_one_with_a_lease_of_two_minutes()
    {
        var run = After(null, new JobCommand.Start("key"), Start);

        Assert.Equal((JobStanding.Running, 1), (run.Standing, run.Attempt));
        Assert.Equal(Start, run.StartedAt);
        Assert.Equal(Start + Duration.FromMinutes(2), run.LeaseEndsAt);
        Assert.False(run.HasEnded);
    }

    [Fact]
    public void Nothing_but_a_start_is_possible_on_a_run_that_nobody_started()
    {
        JobCommand[] others =
        [
            new JobCommand.Report(1), new JobCommand.Finish(1, 0, null), new JobCommand.SnapshotArrived(Snapshot, Start, "key"),
            new JobCommand.LeaseRanOut(), new JobCommand.DeadlinePassed(),
        ];

        Assert.All(others, command => Assert.Equal(JobRefusal.Unknown, JobRule.Decide(null, command, Start, Policy).Refusal));
        Assert.Throws<ArgumentNullException>(() => JobRule.Apply(null, new JobEvent.Interrupted(Start)));
    }

    [Fact]
    public void What_is_no_event_of_a_run_is_a_bug_and_said_so() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => JobRule.Apply(Running(), null!));

    [Fact]
    public void A_report_renews_the_lease_from_its_own_instant()
    {
        var run = After(Running(), new JobCommand.Report(1), Start + Duration.FromSeconds(90));

        Assert.Equal(Start + Duration.FromSeconds(210), run.LeaseEndsAt);
        Assert.Equal(Start + Duration.FromSeconds(90), run.LastSignAt);
    }

    [Theory]
    [InlineData(119_999, false)]
    [InlineData(120_000, true)]
    [InlineData(120_001, true)]
    public void A_lease_is_exclusive_at_its_end(int afterMilliseconds, bool hasEnded)
    {
        var decision = JobRule.Decide(Running(), new JobCommand.LeaseRanOut(), Start + Duration.FromMilliseconds(afterMilliseconds), Policy);

        Assert.Equal(hasEnded, decision.Events.Any(e => e is JobEvent.Interrupted));
        Assert.Null(decision.Refusal);
    }

    [Fact]
    public void A_silent_agent_that_comes_back_goes_on_with_its_attempt()
    {
        var run = After(Interrupted(), new JobCommand.Report(1), Start + Duration.FromMinutes(30));

        Assert.Equal((JobStanding.Running, 1), (run.Standing, run.Attempt));
        Assert.Null(run.NextAttemptAt);
        Assert.Equal(Start + Duration.FromMinutes(32), run.LeaseEndsAt);
    }

    [Fact]
    public void A_new_attempt_supersedes_the_one_before()
    {
        var run = After(Running(), new JobCommand.Start("key"), Start + Duration.FromSeconds(10));

        Assert.Equal((JobStanding.Running, 2), (run.Standing, run.Attempt));
        Assert.Equal(Start, run.StartedAt);
        Assert.Equal(Start + Duration.FromSeconds(10), run.AttemptStartedAt);
        Assert.Equal(JobRefusal.AttemptSuperseded, Refused(run, new JobCommand.Report(1)));
        Assert.Equal(JobRefusal.AttemptSuperseded, Refused(run, new JobCommand.Finish(1, 0, null)));
        Assert.Equal(JobRefusal.AttemptUnknown, Refused(run, new JobCommand.Report(3)));
        Assert.Null(Refused(run, new JobCommand.Report(2)));
    }

    [Theory]
    [InlineData(0, JobStanding.Succeeded)]
    [InlineData(3, JobStanding.Partial)]
    [InlineData(1, JobStanding.Failed)]
    [InlineData(12, JobStanding.Failed)]
    [InlineData(-1, JobStanding.Failed)]
    [InlineData(130, JobStanding.Failed)]
    public void The_agents_exit_code_is_its_last_word(int exitCode, JobStanding expected)
    {
        var run = After(Running(), new JobCommand.Finish(1, exitCode, Snapshot), Start + Duration.FromMinutes(1));

        Assert.Equal((expected, JobCause.AgentsWord, exitCode), (run.Standing, run.Cause, run.ExitCode));
        Assert.Equal(Start + Duration.FromMinutes(1), run.EndedAt);
        Assert.Equal(Snapshot, run.Snapshot);
        Assert.Null(run.LeaseEndsAt);
    }

    [Fact]
    public void The_agents_last_word_counts_once_and_may_be_repeated()
    {
        var run = After(Running(), new JobCommand.Finish(1, 0, Snapshot), Start);

        Assert.Same(JobDecision.Nothing, JobRule.Decide(run, new JobCommand.Finish(1, 0, Snapshot), Start, Policy));
        Assert.Same(JobDecision.Nothing, JobRule.Decide(run, new JobCommand.Finish(1, 0, null), Start, Policy));
        Assert.Equal(JobRefusal.AlreadyEnded, Refused(run, new JobCommand.Finish(1, 1, Snapshot)));
        Assert.Equal(JobRefusal.AlreadyEnded, Refused(run, new JobCommand.Finish(1, 0, new string('b', 64))));
        Assert.Equal(JobRefusal.AlreadyEnded, Refused(run, new JobCommand.Report(1)));
        Assert.Equal(JobRefusal.AlreadyEnded, Refused(run, new JobCommand.Start("key")));
    }

    [Fact]
    public void A_snapshot_closes_the_run_of_an_agent_that_fell_silent()
    {
        var run = After(Running(), Arrival(Start + Duration.FromSeconds(30)), Start + Duration.FromSeconds(31));
        Assert.Equal(JobStanding.Running, run.Standing);

        run = After(run, new JobCommand.LeaseRanOut(), Start + Duration.FromMinutes(2));

        Assert.Equal((JobStanding.Succeeded, JobCause.Proof), (run.Standing, run.Cause));
        Assert.Equal(Snapshot, run.Snapshot);
        Assert.Null(run.ExitCode);
    }

    [Fact]
    public void A_snapshot_that_is_told_after_the_lease_ran_out_closes_the_run_too()
    {
        var run = After(Interrupted(), Arrival(Start + Duration.FromSeconds(30)), Start + Duration.FromMinutes(10));

        Assert.Equal((JobStanding.Succeeded, JobCause.Proof, Snapshot), (run.Standing, run.Cause, run.Snapshot));
    }

    [Fact]
    public void A_restarted_agent_finds_its_proven_run_closed()
    {
        var run = After(Running(), Arrival(Start), Start);

        run = After(run, new JobCommand.Start("key"), Start + Duration.FromSeconds(5));

        Assert.Equal((JobStanding.Succeeded, 1, JobCause.Proof), (run.Standing, run.Attempt, run.Cause));
    }

    [Fact]
    public void The_agents_word_wins_over_the_proof_even_when_it_comes_late()
    {
        var proven = After(Interrupted(), Arrival(Start), Start + Duration.FromMinutes(3));

        var run = After(proven, new JobCommand.Finish(1, 3, null), Start + Duration.FromMinutes(4));

        Assert.Equal((JobStanding.Partial, JobCause.AgentsWord, 3), (run.Standing, run.Cause, run.ExitCode));
        Assert.Equal(Snapshot, run.Snapshot);
        Assert.Equal(proven.EndedAt, run.EndedAt);
        Assert.Equal(JobRefusal.AlreadyEnded, Refused(run, new JobCommand.Finish(1, 0, null)));
    }

    [Theory]
    [InlineData(0, "key", "key", true)]
    [InlineData(-1, "key", "key", false)]
    [InlineData(1, "other", "key", false)]
    [InlineData(1, null, "key", false)]
    [InlineData(1, "key", null, false)]
    [InlineData(1, null, null, false)]
    public void A_snapshot_proves_only_when_its_sender_is_the_runs_and_it_came_during_the_attempt(int offsetTicks, string? sender, string? expected, bool proves)
    {
        var run = After(null, new JobCommand.Start(expected), Start);

        var decision = JobRule.Decide(run, new JobCommand.SnapshotArrived(Snapshot, Start + Duration.FromTicks(offsetTicks), sender), Start, Policy);

        Assert.Equal(proves, decision.Events.Any(e => e is JobEvent.Proven));
    }

    [Fact]
    public void A_snapshot_of_the_attempt_before_proves_nothing_of_the_next()
    {
        var run = After(Running(), new JobCommand.Start("key"), Start + Duration.FromMinutes(1));

        Assert.Empty(JobRule.Decide(run, Arrival(Start + Duration.FromSeconds(59)), Start + Duration.FromMinutes(1), Policy).Events);
    }

    [Fact]
    public void The_same_arrival_twice_and_an_arrival_after_the_end_change_nothing()
    {
        var proven = After(Running(), Arrival(Start), Start);
        var ended = After(Running(), new JobCommand.Finish(1, 1, null), Start);

        Assert.Same(JobDecision.Nothing, JobRule.Decide(proven, Arrival(Start), Start, Policy));
        Assert.Same(JobDecision.Nothing, JobRule.Decide(ended, Arrival(Start), Start, Policy));
    }

    [Fact]
    public void A_run_that_falls_silent_in_its_last_attempt_has_failed()
    {
        var run = Running();
        for (var attempt = 2; attempt <= Policy.MaxAttempts; attempt++)
        {
            run = After(run, new JobCommand.Start("key"), Start);
        }

        var silent = After(run, new JobCommand.LeaseRanOut(), Start + Policy.Lease);
        var restarted = After(run, new JobCommand.Start("key"), Start);

        Assert.Equal((JobStanding.Failed, JobCause.AttemptsUsedUp), (silent.Standing, silent.Cause));
        Assert.Equal((JobStanding.Failed, JobCause.AttemptsUsedUp), (restarted.Standing, restarted.Cause));
    }

    [Theory]
    [InlineData(-1, false)]
    [InlineData(0, true)]
    public void The_deadline_is_inclusive_and_counts_from_the_last_sign_of_life(int offsetTicks, bool hasPassed)
    {
        var run = After(Running(), new JobCommand.Report(1), Start + Duration.FromHours(30));
        run = After(run, new JobCommand.LeaseRanOut(), Start + Duration.FromHours(31));

        var decision = JobRule.Decide(run, new JobCommand.DeadlinePassed(), Start + Duration.FromHours(54) + Duration.FromTicks(offsetTicks), Policy);

        Assert.Equal(hasPassed, decision.Events.Any(e => e is JobEvent.Ended { Cause: JobCause.DeadlinePassed }));
    }

    [Fact]
    public void A_run_that_reports_has_no_deadline()
    {
        Assert.Same(JobDecision.Nothing, JobRule.Decide(Running(), new JobCommand.DeadlinePassed(), Start + Duration.FromDays(90), Policy));
    }

    [Theory]
    [InlineData(1, 60)]
    [InlineData(2, 120)]
    [InlineData(6, 1920)]
    [InlineData(7, 3600)]
    [InlineData(1000, 3600)]
    public void The_back_off_doubles_up_to_its_bound(int attempt, int expectedSeconds)
    {
        Assert.Equal(Duration.FromSeconds(expectedSeconds), JobRule.BackOffAfter(attempt, Policy));
    }

    [Fact]
    public void An_interruption_says_when_a_queue_may_offer_the_work_again()
    {
        Assert.Equal(Start + Duration.FromMinutes(3), Interrupted().NextAttemptAt);
    }

    private static JobRun Running() => After(null, new JobCommand.Start("key"), Start);

    private static JobRun Interrupted() => After(Running(), new JobCommand.LeaseRanOut(), Start + Policy.Lease);

    private static JobCommand.SnapshotArrived Arrival(Instant at) => new(Snapshot, at, "key");

    private static JobRefusal? Refused(JobRun run, JobCommand command) => JobRule.Decide(run, command, Start, Policy).Refusal;

    private static JobRun After(JobRun? run, JobCommand command, Instant now)
    {
        var decision = JobRule.Decide(run, command, now, Policy);
        Assert.Null(decision.Refusal);
        Assert.NotEmpty(decision.Events);
        return decision.Events.Aggregate(run, (state, happened) => JobRule.Apply(state, happened))!;
    }
}
