namespace BackupOnline.Rules.Traffic;

/// <summary>What the literal ladder did.</summary>
public enum LadderAction
{
    /// <summary>The next burst is lower.</summary>
    Lowered = 0,

    /// <summary>It would be lowered, but is at its floor.</summary>
    AtFloor = 1,

    /// <summary>Within the tolerance: unchanged.</summary>
    Warned = 2,

    /// <summary>The next burst is higher.</summary>
    Raised = 3,

    /// <summary>It would be raised, but is full.</summary>
    Full = 4,
}
