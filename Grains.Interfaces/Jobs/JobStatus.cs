namespace BackupOnline.Grains.Interfaces.Jobs;

/// <summary>Where a run stands.</summary>
[GenerateSerializer, Alias("bo.job.status")]
public enum JobStatus
{
    /// <summary>An agent holds the lease and reports.</summary>
    Running = 0,

    /// <summary>The lease ended without an outcome; the next attempt is awaited until the deadline.</summary>
    Interrupted = 1,

    Succeeded = 2,

    /// <summary>Done, but some sources could not be read (exit code 3).</summary>
    Partial = 3,

    Failed = 4,

    /// <summary>Ordered by the service and offered to its host: never taken yet, or waiting for its next attempt.</summary>
    Queued = 5,
}
