using BackupOnline.Rules.Jobs;
using CsCheck;
using NodaTime;

namespace BackupOnline.Rules.Tests.Jobs;

public sealed class JobRuleProperties
{
    private static readonly Instant Start = Instant.FromUtc(2026, 3, 1, 2, 0);

    private static readonly Gen<string> Snapshots = Gen.OneOf(new string('a', 64), new string('b', 64));

    private static readonly Gen<JobCommand> Commands = Gen.OneOf(
        Gen.Const<JobCommand>(new JobCommand.Start("key")),
        Gen.Int[1, 7].Select(attempt => (JobCommand)new JobCommand.Report(attempt)),
        Gen.Select(Gen.Int[1, 7], Gen.OneOf(0, 1, 3), Snapshots).Select((attempt, code, s) => (JobCommand)new JobCommand.Finish(attempt, code, s)),
        Gen.Select(Snapshots, Gen.Int[-100, 4000], Gen.OneOf("key", "other"))
            .Select((s, seconds, key) => (JobCommand)new JobCommand.SnapshotArrived(s, Start + Duration.FromSeconds(seconds), key)),
        Gen.Const<JobCommand>(new JobCommand.LeaseRanOut()),
        Gen.Const<JobCommand>(new JobCommand.DeadlinePassed()));

    // Seconds before a command: within a lease, around it, and a day.
    private static readonly Gen<(JobCommand Command, int Pause)[]> Histories =
        Gen.Select(Commands, Gen.Frequency((6, Gen.Int[0, 60]), (3, Gen.Int[60, 300]), (1, Gen.Int[80_000, 100_000]))).Array[0, 40];

    [Fact]
    public void Whatever_happens_the_invariants_of_a_run_hold()
    {
        Histories.Sample(
            history =>
            {
                Walk(history, (before, after) =>
                {
                    Assert.InRange(after.Attempt, 1, JobPolicy.Default.MaxAttempts);
                    Assert.Equal(after.Standing == JobStanding.Running, after.LeaseEndsAt is not null);
                    Assert.Equal(after.Standing == JobStanding.Interrupted, after.NextAttemptAt is not null);
                    Assert.Equal(after.Standing is JobStanding.Succeeded or JobStanding.Partial or JobStanding.Failed, after.HasEnded);
                    Assert.Equal(after.HasEnded, after.Cause is not null);
                    Assert.Equal(after.Cause == JobCause.AgentsWord, after.ExitCode is not null);
                    Assert.True(after.AttemptStartedAt >= after.StartedAt && after.LastSignAt >= after.AttemptStartedAt);
                    if (before is null) return;

                    Assert.Equal(before.StartedAt, after.StartedAt);
                    Assert.True(after.Attempt >= before.Attempt);
                    if (before.HasEnded) Assert.Equal((true, before.EndedAt, before.Attempt), (after.HasEnded, after.EndedAt, after.Attempt));
                });
            },
            iter: 3_000);
    }

    [Fact]
    public void After_the_agents_own_word_nothing_changes_any_more()
    {
        Histories.Sample(
            history =>
            {
                Walk(history, (before, after) =>
                {
                    if (before?.Cause == JobCause.AgentsWord) Assert.Equal(before, after);
                });
            },
            iter: 3_000);
    }

    [Fact]
    public void Every_command_but_a_start_changes_as_much_twice_as_once()
    {
        Gen.Select(Histories, Commands.Where(c => c is not JobCommand.Start)).Sample(
            (history, command) =>
            {
                var (run, now) = Walk(history, (_, _) => { });
                var once = Step(run, command, now);
                Assert.Equal(once, Step(once, command, now));
            },
            iter: 3_000);
    }

    private static (JobRun? Run, Instant Now) Walk((JobCommand Command, int Pause)[] history, Action<JobRun?, JobRun> judge)
    {
        JobRun? run = null;
        var now = Start;
        foreach (var (command, pause) in history)
        {
            now += Duration.FromSeconds(pause);
            var after = Step(run, command, now);
            if (after is not null) judge(run, after);
            run = after;
        }

        return (run, now);
    }

    private static JobRun? Step(JobRun? run, JobCommand command, Instant now)
    {
        var decision = JobRule.Decide(run, command, now, JobPolicy.Default);
        Assert.True(decision.Refusal is null || decision.Events.IsEmpty);
        return decision.Events.Aggregate(run, (state, happened) => JobRule.Apply(state, happened));
    }
}
