namespace BackupOnline.Grains.Interfaces.Traffic;

/// <summary>Which series the percentile is taken of.</summary>
[GenerateSerializer, Alias("bo.traffic.basis")]
public enum TrafficBasis
{
    /// <summary>In and out by themselves; the larger percentile counts.</summary>
    HigherOfInOut = 0,

    /// <summary>In plus out of each slot.</summary>
    Sum = 1,

    /// <summary>The larger of in and out in each slot.</summary>
    MaxPerSlot = 2,
    In = 3,
    Out = 4,
}
