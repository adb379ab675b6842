namespace BackupOnline.Rules.Jobs;

/// <summary>Where a run stands.</summary>
public enum JobStanding
{
    /// <summary>An agent holds the lease of the present attempt.</summary>
    Running = 0,

    /// <summary>The lease ended without an outcome; the next attempt, or a sign of life of the last one, is awaited until the deadline.</summary>
    Interrupted = 1,

    Succeeded = 2,

    /// <summary>Done, but some sources could not be read.</summary>
    Partial = 3,

    Failed = 4,

    /// <summary>Offered to its host: it was never taken, or its last attempt ended and the next one waits.</summary>
    Queued = 5,
}
