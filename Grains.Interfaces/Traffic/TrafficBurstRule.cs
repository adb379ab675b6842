namespace BackupOnline.Grains.Interfaces.Traffic;

/// <summary>How a month above the limit acts on the burst of the next one (contract article 7).</summary>
[GenerateSerializer, Alias("bo.traffic.burst-rule")]
public enum TrafficBurstRule
{
    /// <summary>Burst credits and a quiet ceiling.</summary>
    Credits = 0,

    /// <summary>The burst itself is lowered.</summary>
    LiteralLadder = 1,
}
