namespace BackupOnline.Agent.Hypervisors;

/// <summary>What became of a guest that may have been left frozen.</summary>
internal enum ThawOutcome
{
    NotFrozen,
    Thawed,

    /// <summary>No agent answers: there is none, or it is still busy, perhaps with the freeze.</summary>
    NoAnswer,
}
