using NodaTime;

namespace BackupOnline.Rules.Jobs;

/// <summary>State of one run: what <see cref="JobRule.Apply"/> makes of its events.</summary>
public sealed record JobRun
{
    public required JobStanding Standing { get; init; }

    /// <summary>1 for the first attempt; 0 while an ordered run waits for it.</summary>
    public required int Attempt { get; init; }

    /// <summary>Start of the first attempt, or the order where the service ordered the run.</summary>
    public required Instant StartedAt { get; init; }

    /// <summary>Start of the present attempt.</summary>
    public required Instant AttemptStartedAt { get; init; }

    /// <summary>Start or last report of the present attempt.</summary>
    public required Instant LastSignAt { get; init; }

    /// <summary>The first instant that the lease no longer covers; null unless <see cref="JobStanding.Running"/>.</summary>
    public Instant? LeaseEndsAt { get; init; }

    /// <summary>Earliest instant at which a queue offers the work again; null unless <see cref="JobStanding.Interrupted"/>
    /// or <see cref="JobStanding.Queued"/> after an attempt. An agent that comes back from an interruption does not wait for it.</summary>
    public Instant? NextAttemptAt { get; init; }

    /// <summary>An ordered run begins no attempt from this instant on; null for a run that an agent opened by itself.</summary>
    public Instant? Until { get; init; }

    /// <summary>The credential whose snapshots prove this run; null when nothing can (a restore, a check).</summary>
    public string? ProofKeyId { get; init; }

    /// <summary>The snapshot that arrived during the present attempt, or null.</summary>
    public string? ProofSnapshot { get; init; }

    public Instant? EndedAt { get; init; }

    public JobCause? Cause { get; init; }

    /// <summary>The agent's exit code, or null when it never gave its last word.</summary>
    public int? ExitCode { get; init; }

    /// <summary>The snapshot that the run made, or null.</summary>
    public string? Snapshot { get; init; }

    public bool HasEnded => EndedAt is not null;
}
