namespace BackupOnline.Rules.Traffic;

/// <summary>Which series of samples the percentile is taken of.</summary>
public enum PercentileBasis
{
    /// <summary>In and out by themselves; the larger percentile counts. The default.</summary>
    HigherOfInOut = 0,

    /// <summary>In plus out of each slot.</summary>
    Sum = 1,

    /// <summary>The larger of in and out in each slot.</summary>
    MaxPerSlot = 2,

    /// <summary>What our nodes received alone.</summary>
    In = 3,

    /// <summary>What our nodes sent alone.</summary>
    Out = 4,
}
