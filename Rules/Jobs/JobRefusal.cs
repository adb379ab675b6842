namespace BackupOnline.Rules.Jobs;

/// <summary>Why a command on a run is refused.</summary>
public enum JobRefusal
{
    /// <summary>The run was never started.</summary>
    Unknown = 0,

    /// <summary>A later attempt has taken over; the older agent must stop.</summary>
    AttemptSuperseded = 1,

    /// <summary>No such attempt has been started yet.</summary>
    AttemptUnknown = 2,

    /// <summary>The run has ended, with another outcome.</summary>
    AlreadyEnded = 3,

    /// <summary>An attempt runs and holds the lease.</summary>
    AttemptHeld = 4,

    /// <summary>The wait before the next attempt is not over.</summary>
    NotYet = 5,

    /// <summary>The attempt has ended, the run has not: the next attempt is to be taken.</summary>
    AttemptOver = 6,
}
