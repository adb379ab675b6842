using NodaTime;

namespace BackupOnline.Rules.Jobs;

/// <summary>What may happen to a run. The set is closed.</summary>
public abstract record JobCommand
{
    private JobCommand()
    {
    }

    /// <summary>An agent opens the run, or starts its next attempt: an agent that asks again while its attempt runs has been restarted.</summary>
    /// <param name="ProofKeyId">The credential whose snapshots prove the run, or null.</param>
    public sealed record Start(string? ProofKeyId) : JobCommand;

    /// <summary>The service orders a run: it waits until an agent takes it.</summary>
    /// <param name="Until">From this instant on no attempt begins any more.</param>
    public sealed record Queue(Instant Until) : JobCommand;

    /// <summary>An agent takes the next attempt of a run that the service ordered. Unlike <see cref="Start"/> it never takes over an attempt that holds its lease: two drivers on one machine would do harm.</summary>
    public sealed record Take : JobCommand;

    /// <summary>Whoever ordered the run takes it back.</summary>
    public sealed record Withdraw : JobCommand;

    /// <summary>A sign of life of an attempt.</summary>
    public sealed record Report(int Attempt) : JobCommand;

    /// <summary>The agent's last word.</summary>
    /// <param name="ExitCode">0 succeeded, 3 partial, anything else failed.</param>
    /// <param name="Snapshot">What the attempt made, or null.</param>
    /// <param name="RetryAfter">How long to wait before a further attempt, where a failure allows one; null ends the run.</param>
    public sealed record Finish(int Attempt, int ExitCode, string? Snapshot, Duration? RetryAfter = null) : JobCommand;

    /// <summary>The shelf holds a snapshot.</summary>
    /// <param name="ReceivedAt">By the shelf's clock.</param>
    /// <param name="KeyId">Who sent it, or null when nobody knows.</param>
    public sealed record SnapshotArrived(string Snapshot, Instant ReceivedAt, string? KeyId) : JobCommand;

    /// <summary>A clock struck: has the lease ended?</summary>
    public sealed record LeaseRanOut : JobCommand;

    /// <summary>A clock struck: has the deadline passed?</summary>
    public sealed record DeadlinePassed : JobCommand;
}
