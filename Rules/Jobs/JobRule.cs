using NodaTime;

namespace BackupOnline.Rules.Jobs;

/// <summary>
/// The life of one run. An attempt holds a lease that each report renews. The agent's last word ends the run, once; when the agent
/// falls silent, a snapshot that its credential sent during the attempt is the proof of a backup and ends it as succeeded. So the proof
/// speaks only where the agent does not.
/// </summary>
public static class JobRule
{
    /// <summary>
    /// Judges a command on a run. Instants are UTC; a lease is exclusive at its end (a report in the very instant of
    /// <see cref="JobRun.LeaseEndsAt"/> comes late, but still revives the attempt); the deadline is inclusive (it has passed in the instant itself);
    /// an arrival counts when it was received at or after the start of the attempt.
    /// </summary>
    /// <param name="run">The state, or null when the run was never started.</param>
    public static JobDecision Decide(JobRun? run, JobCommand command, Instant now, JobPolicy policy) => (run, command) switch
    {
        (null, JobCommand.Start start) => JobDecision.Accept(new JobEvent.AttemptStarted(1, now, now + policy.Lease, start.ProofKeyId)),
        (null, JobCommand.Queue queue) => JobDecision.Accept(new JobEvent.Queued(now, queue.Until)),
        (null, _) => JobDecision.Refuse(JobRefusal.Unknown),
        (_, JobCommand.Queue) => JobDecision.Nothing,
        (_, JobCommand.Take) => OnTake(run, now, policy),
        (_, JobCommand.Withdraw) => OnWithdraw(run, now),
        (_, JobCommand.Start start) => OnStart(run, start, now, policy),
        (_, JobCommand.Report report) => OnReport(run, report, now, policy),
        (_, JobCommand.Finish finish) => OnFinish(run, finish, now, policy),
        (_, JobCommand.SnapshotArrived arrived) => OnSnapshot(run, arrived, now),
        (_, JobCommand.LeaseRanOut) => OnLease(run, now, policy),
        _ => OnDeadline(run, now, policy),
    };

    /// <summary>The state after an event. Reads no clock and refuses nothing: an event has happened.</summary>
    /// <param name="run">The state before, or null before the first <see cref="JobEvent.AttemptStarted"/> or <see cref="JobEvent.Queued"/>.</param>
    public static JobRun Apply(JobRun? run, JobEvent happened) => happened switch
    {
        JobEvent.Queued queued => new JobRun
        {
            Standing = JobStanding.Queued,
            Attempt = 0,
            StartedAt = queued.At,
            AttemptStartedAt = queued.At,
            LastSignAt = queued.At,
            Until = queued.Until,
        },
        JobEvent.AttemptStarted started => new JobRun
        {
            Standing = JobStanding.Running,
            Attempt = started.Attempt,
            StartedAt = run?.StartedAt ?? started.At,
            AttemptStartedAt = started.At,
            LastSignAt = started.At,
            LeaseEndsAt = started.LeaseEndsAt,
            ProofKeyId = started.ProofKeyId,
            Until = run?.Until,
        },
        _ when run is null => throw new ArgumentNullException(nameof(run), "A run begins with its first attempt."),
        JobEvent.LeaseRenewed renewed => run with
        {
            Standing = JobStanding.Running,
            LastSignAt = renewed.At,
            LeaseEndsAt = renewed.LeaseEndsAt,
            NextAttemptAt = null,
        },
        JobEvent.Proven proven => run with { ProofSnapshot = proven.Snapshot },
        JobEvent.Interrupted interrupted => run with
        {
            Standing = JobStanding.Interrupted,
            LeaseEndsAt = null,
            NextAttemptAt = interrupted.NextAttemptAt,
        },
        JobEvent.Postponed postponed => run with
        {
            Standing = JobStanding.Queued,
            LastSignAt = postponed.At,
            LeaseEndsAt = null,
            NextAttemptAt = postponed.NextAttemptAt,
        },
        JobEvent.Ended ended => run with
        {
            Standing = ended.Standing,
            LeaseEndsAt = null,
            NextAttemptAt = null,
            EndedAt = run.EndedAt ?? ended.At,
            Cause = ended.Cause,
            ExitCode = ended.ExitCode,
            Snapshot = ended.Snapshot,
        },
        _ => throw new ArgumentOutOfRangeException(nameof(happened), happened, "Not an event of a run."),
    };

    /// <summary>How long a queue waits after the interruption of attempt <paramref name="attempt"/> (1 or more): the policy's back-off, doubled per attempt, never above its bound.</summary>
    public static Duration BackOffAfter(int attempt, JobPolicy policy)
    {
        var wait = policy.BackOff;
        for (var doubled = 1; doubled < attempt && wait < policy.MaxBackOff; doubled++)
        {
            wait *= 2;
        }

        return Duration.Min(wait, policy.MaxBackOff);
    }

    /// <summary>The standing that an agent's exit code means: 0 succeeded, 3 partial (restic's code for unreadable sources), anything else failed.</summary>
    public static JobStanding StandingOf(int exitCode) => exitCode switch
    {
        0 => JobStanding.Succeeded,
        3 => JobStanding.Partial,
        _ => JobStanding.Failed,
    };

    private static JobDecision OnStart(JobRun run, JobCommand.Start start, Instant now, JobPolicy policy)
    {
        if (run.HasEnded)
        {
            return JobDecision.Refuse(JobRefusal.AlreadyEnded);
        }

        if (run.ProofSnapshot is { } snapshot)
        {
            return JobDecision.Accept(ByProof(snapshot, now));
        }

        return run.Attempt >= policy.MaxAttempts
            ? JobDecision.Accept(Silent(JobCause.AttemptsUsedUp, now))
            : JobDecision.Accept(new JobEvent.AttemptStarted(run.Attempt + 1, now, now + policy.Lease, start.ProofKeyId));
    }

    private static JobDecision OnTake(JobRun run, Instant now, JobPolicy policy)
    {
        if (run.HasEnded) return JobDecision.Refuse(JobRefusal.AlreadyEnded);
        if (run.Standing == JobStanding.Running && now < run.LeaseEndsAt) return JobDecision.Refuse(JobRefusal.AttemptHeld);
        if (now >= run.Until) return JobDecision.Accept(Silent(JobCause.DeadlinePassed, now));
        if (run.Standing == JobStanding.Queued && now < run.NextAttemptAt) return JobDecision.Refuse(JobRefusal.NotYet);
        return run.Attempt >= policy.MaxAttempts
            ? JobDecision.Accept(Silent(JobCause.AttemptsUsedUp, now))
            : JobDecision.Accept(new JobEvent.AttemptStarted(run.Attempt + 1, now, now + policy.Lease, null));
    }

    private static JobDecision OnWithdraw(JobRun run, Instant now)
    {
        if (run.HasEnded) return JobDecision.Nothing;
        return run.Standing == JobStanding.Running
            ? JobDecision.Refuse(JobRefusal.AttemptHeld)
            : JobDecision.Accept(Silent(JobCause.Withdrawn, now));
    }

    private static JobDecision OnReport(JobRun run, JobCommand.Report report, Instant now, JobPolicy policy)
    {
        if (WrongAttempt(run, report.Attempt) is { } refusal) return JobDecision.Refuse(refusal);
        if (run.HasEnded) return JobDecision.Refuse(JobRefusal.AlreadyEnded);
        return run.Standing == JobStanding.Queued
            ? JobDecision.Refuse(JobRefusal.AttemptOver)
            : JobDecision.Accept(new JobEvent.LeaseRenewed(now, now + policy.Lease));
    }

    private static JobDecision OnFinish(JobRun run, JobCommand.Finish finish, Instant now, JobPolicy policy)
    {
        if (WrongAttempt(run, finish.Attempt) is { } refusal) return JobDecision.Refuse(refusal);
        var failed = StandingOf(finish.ExitCode) == JobStanding.Failed;

        // The same failure again, after the wait for the next attempt has begun.
        if (failed && run.Standing == JobStanding.Queued) return JobDecision.Nothing;
        if (failed && !run.HasEnded && finish.RetryAfter is { } wait && run.Attempt < policy.MaxAttempts && !(now + wait >= run.Until))
        {
            return JobDecision.Accept(new JobEvent.Postponed(now, now + wait, finish.ExitCode));
        }

        // A run that ended while its agent was silent still takes the agent's own word, once: the agent knows more.
        if (!run.HasEnded || run.Cause != JobCause.AgentsWord)
        {
            return JobDecision.Accept(new JobEvent.Ended(
                StandingOf(finish.ExitCode), JobCause.AgentsWord, now, finish.ExitCode, finish.Snapshot ?? run.ProofSnapshot));
        }

        return run.ExitCode == finish.ExitCode && (finish.Snapshot is null || finish.Snapshot == run.Snapshot)
            ? JobDecision.Nothing
            : JobDecision.Refuse(JobRefusal.AlreadyEnded);
    }

    private static JobDecision OnSnapshot(JobRun run, JobCommand.SnapshotArrived arrived, Instant now)
    {
        var proves = run.ProofKeyId is not null && arrived.KeyId == run.ProofKeyId && arrived.ReceivedAt >= run.AttemptStartedAt;
        return (proves, run.Standing) switch
        {
            (true, JobStanding.Running) when run.ProofSnapshot != arrived.Snapshot => JobDecision.Accept(new JobEvent.Proven(arrived.Snapshot)),
            (true, JobStanding.Interrupted) => JobDecision.Accept(new JobEvent.Proven(arrived.Snapshot), ByProof(arrived.Snapshot, now)),
            _ => JobDecision.Nothing,
        };
    }

    private static JobDecision OnLease(JobRun run, Instant now, JobPolicy policy)
    {
        if (run.Standing != JobStanding.Running || now < run.LeaseEndsAt) return JobDecision.Nothing;
        if (run.ProofSnapshot is { } snapshot) return JobDecision.Accept(ByProof(snapshot, now));

        return run.Attempt >= policy.MaxAttempts
            ? JobDecision.Accept(Silent(JobCause.AttemptsUsedUp, now))
            : JobDecision.Accept(new JobEvent.Interrupted(now + BackOffAfter(run.Attempt, policy)));
    }

    private static JobDecision OnDeadline(JobRun run, Instant now, JobPolicy policy) =>
        (run.Standing == JobStanding.Interrupted && now >= run.LastSignAt + policy.Deadline)
        || (run.Standing is JobStanding.Interrupted or JobStanding.Queued && now >= run.Until)
            ? JobDecision.Accept(Silent(JobCause.DeadlinePassed, now))
            : JobDecision.Nothing;

    private static JobRefusal? WrongAttempt(JobRun run, int attempt) =>
        attempt < run.Attempt ? JobRefusal.AttemptSuperseded : attempt > run.Attempt ? JobRefusal.AttemptUnknown : null;

    private static JobEvent.Ended ByProof(string snapshot, Instant now) => new(JobStanding.Succeeded, JobCause.Proof, now, null, snapshot);

    private static JobEvent.Ended Silent(JobCause cause, Instant now) => new(JobStanding.Failed, cause, now, null, null);
}
