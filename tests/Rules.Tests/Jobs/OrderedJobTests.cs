using BackupOnline.Rules.Jobs;
using NodaTime;

namespace BackupOnline.Rules.Tests.Jobs;

/// <summary>Runs that the service orders and a host takes, attempt by attempt.</summary>
public sealed class OrderedJobTests
{
    private static readonly JobPolicy Policy = JobPolicy.Default with { MaxAttempts = 3 };
    private static readonly Instant Start = Instant.FromUtc(2026, 10, 25, 20, 0);
    private static readonly Instant Until = Start + Duration.FromHours(3);

    [Fact]
    public void An_ordered_run_waits_without_a_lease_until_somebody_takes_it()
    {
        var queued = Queued();

        Assert.Equal((JobStanding.Queued, 0, Start, Until), (queued.Standing, queued.Attempt, queued.StartedAt, queued.Until));
        Assert.Null(queued.LeaseEndsAt);
        Assert.Null(queued.NextAttemptAt);
        Assert.Same(JobDecision.Nothing, JobRule.Decide(queued, new JobCommand.Queue(Until), Start, Policy));
        Assert.Same(JobDecision.Nothing, JobRule.Decide(queued, new JobCommand.LeaseRanOut(), Until, Policy));
    }

    [Fact]
    public void A_taken_run_keeps_its_end_and_nobody_else_takes_it_while_the_lease_holds()
    {
        var taken = Taken();

        Assert.Equal((JobStanding.Running, 1, Until), (taken.Standing, taken.Attempt, taken.Until));
        Assert.Equal(JobRefusal.AttemptHeld, Refused(taken, new JobCommand.Take(), Start + Duration.FromSeconds(119)));
        Assert.Equal(2, After(taken, new JobCommand.Take(), Start + Duration.FromSeconds(120)).Attempt);
    }

    [Fact]
    public void An_interrupted_run_may_be_taken_at_once_and_one_that_failed_after_its_wait()
    {
        var interrupted = After(Taken(), new JobCommand.LeaseRanOut(), Start + Duration.FromMinutes(2));
        Assert.Equal(2, After(interrupted, new JobCommand.Take(), Start + Duration.FromMinutes(2)).Attempt);

        var postponed = After(Taken(), Failure(1), Start + Duration.FromMinutes(1));
        var next = Start + Duration.FromMinutes(11);
        Assert.Equal((JobStanding.Queued, 1, next), (postponed.Standing, postponed.Attempt, postponed.NextAttemptAt));
        Assert.Equal(JobRefusal.NotYet, Refused(postponed, new JobCommand.Take(), next - Duration.Epsilon));
        var second = After(postponed, new JobCommand.Take(), next);
        Assert.Equal((JobStanding.Running, 2), (second.Standing, second.Attempt));
        Assert.Null(second.NextAttemptAt);
    }

    [Fact]
    public void The_same_failure_again_changes_nothing_and_a_report_of_the_ended_attempt_is_refused()
    {
        var postponed = After(Taken(), Failure(1), Start);

        Assert.Same(JobDecision.Nothing, JobRule.Decide(postponed, Failure(1), Start, Policy));
        Assert.Equal(JobRefusal.AttemptOver, Refused(postponed, new JobCommand.Report(1), Start));
        Assert.Equal(JobStanding.Succeeded, After(postponed, new JobCommand.Finish(1, 0, "s"), Start).Standing);
    }

    [Fact]
    public void A_failure_ends_the_run_without_a_wait_with_the_last_attempt_and_when_the_wait_reaches_the_end()
    {
        Assert.Equal(JobCause.AgentsWord, After(Taken(), new JobCommand.Finish(1, 1, null), Start).Cause);
        Assert.Equal(JobStanding.Failed, After(Taken() with { Attempt = 3 }, Failure(3), Start).Standing);
        var last = Until - Duration.FromMinutes(10);
        Assert.Equal(JobStanding.Failed, After(Taken(), Failure(1), last).Standing);
        Assert.Equal(JobStanding.Queued, After(Taken(), Failure(1), last - Duration.Epsilon).Standing);
        Assert.Equal(JobStanding.Queued, After(Taken() with { Until = null }, Failure(1), last).Standing);
    }

    [Fact]
    public void No_attempt_begins_at_the_end_or_above_the_most_and_a_run_that_has_ended_stays_so()
    {
        var late = After(Queued(), new JobCommand.Take(), Until);
        Assert.Equal((JobStanding.Failed, JobCause.DeadlinePassed), (late.Standing, late.Cause));
        var used = After(Queued() with { Attempt = 3 }, new JobCommand.Take(), Start);
        Assert.Equal((JobStanding.Failed, JobCause.AttemptsUsedUp), (used.Standing, used.Cause));
        Assert.Equal(JobRefusal.AlreadyEnded, Refused(late, new JobCommand.Take(), Start));
        Assert.Equal(JobRefusal.Unknown, JobRule.Decide(null, new JobCommand.Take(), Start, Policy).Refusal);
    }

    [Fact]
    public void What_waits_at_its_end_has_failed_and_what_runs_goes_on()
    {
        var command = new JobCommand.DeadlinePassed();

        Assert.Same(JobDecision.Nothing, JobRule.Decide(Queued(), command, Until - Duration.Epsilon, Policy));
        Assert.Equal(JobCause.DeadlinePassed, After(Queued(), command, Until).Cause);
        Assert.Same(JobDecision.Nothing, JobRule.Decide(Taken(), command, Until, Policy));
        var interrupted = After(Taken(), new JobCommand.LeaseRanOut(), Start + Duration.FromMinutes(2));
        Assert.Equal(JobCause.DeadlinePassed, After(interrupted, command, Until).Cause);
    }

    [Fact]
    public void What_nobody_works_at_can_be_taken_back()
    {
        var withdrawn = After(Queued(), new JobCommand.Withdraw(), Start);

        Assert.Equal((JobStanding.Failed, JobCause.Withdrawn), (withdrawn.Standing, withdrawn.Cause));
        Assert.Same(JobDecision.Nothing, JobRule.Decide(withdrawn, new JobCommand.Withdraw(), Start, Policy));
        Assert.Equal(JobRefusal.AttemptHeld, Refused(Taken(), new JobCommand.Withdraw(), Start));
    }

    private static JobRun Queued() => After(null, new JobCommand.Queue(Until), Start);

    private static JobRun Taken() => After(Queued(), new JobCommand.Take(), Start);

    private static JobCommand.Finish Failure(int attempt) => new(attempt, 1, null, Duration.FromMinutes(10));

    private static JobRun After(JobRun? run, JobCommand command, Instant now)
    {
        var decision = JobRule.Decide(run, command, now, Policy);
        Assert.Null(decision.Refusal);
        return decision.Events.Aggregate(run, (state, happened) => JobRule.Apply(state, happened))!;
    }

    private static JobRefusal? Refused(JobRun run, JobCommand command, Instant now) => JobRule.Decide(run, command, now, Policy).Refusal;
}
