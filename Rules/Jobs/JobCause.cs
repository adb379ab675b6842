namespace BackupOnline.Rules.Jobs;

/// <summary>Why a run ended.</summary>
public enum JobCause
{
    /// <summary>The agent said so.</summary>
    AgentsWord = 0,

    /// <summary>The agent fell silent, but a snapshot of the attempt had arrived.</summary>
    Proof = 1,

    /// <summary>The agent fell silent, and no attempt is left.</summary>
    AttemptsUsedUp = 2,

    /// <summary>The agent fell silent and did not come back in time.</summary>
    DeadlinePassed = 3,

    /// <summary>Whoever ordered it took it back before an agent had begun, or between two attempts.</summary>
    Withdrawn = 4,
}
