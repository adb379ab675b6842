using NodaTime;

namespace BackupOnline.Rules.Jobs;

/// <summary>What happened to a run. The set is closed; together with the state before, an event gives the state after, without a clock.</summary>
public abstract record JobEvent
{
    private JobEvent()
    {
    }

    /// <summary>The service ordered the run; no attempt begins at or after <paramref name="Until"/>.</summary>
    public sealed record Queued(Instant At, Instant Until) : JobEvent;

    /// <summary>The attempt failed by the agent's word, and the next one may begin at <paramref name="NextAttemptAt"/>.</summary>
    public sealed record Postponed(Instant At, Instant NextAttemptAt, int ExitCode) : JobEvent;

    public sealed record AttemptStarted(int Attempt, Instant At, Instant LeaseEndsAt, string? ProofKeyId) : JobEvent;

    /// <summary>A report renewed the lease; after an interruption it is also the return of the attempt.</summary>
    public sealed record LeaseRenewed(Instant At, Instant LeaseEndsAt) : JobEvent;

    /// <summary>A snapshot of the present attempt arrived; the agent has not spoken yet.</summary>
    public sealed record Proven(string Snapshot) : JobEvent;

    public sealed record Interrupted(Instant NextAttemptAt) : JobEvent;

    public sealed record Ended(JobStanding Standing, JobCause Cause, Instant At, int? ExitCode, string? Snapshot) : JobEvent;
}
