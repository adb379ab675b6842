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
}
