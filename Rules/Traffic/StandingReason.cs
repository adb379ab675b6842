namespace BackupOnline.Rules.Traffic;

/// <summary>Why a standing is what it is.</summary>
public enum StandingReason
{
    /// <summary>The percentile was above the limit by more than the tolerance.</summary>
    Exceeded = 0,

    /// <summary>The percentile was above the limit, within the tolerance: a warning, nothing changes.</summary>
    Warned = 1,

    /// <summary>Within the limit, but plain bursting would have needed too many credits: conformity stays.</summary>
    StillNeeded = 2,

    /// <summary>Within the limit.</summary>
    Conform = 3,
}
