namespace BackupOnline.Rules.Traffic;

/// <summary>What a slot of a plan is.</summary>
public enum PacingKind
{
    /// <summary>Within the limit: costs nothing.</summary>
    Quiet = 0,

    /// <summary>Up to the full burst: costs a credit.</summary>
    Burst = 1,

    /// <summary>Above the limit and far below the burst, because conformity is out of reach.</summary>
    Raised = 2,
}
