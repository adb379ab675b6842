namespace BackupOnline.Grains.Interfaces.Traffic;

/// <summary>What an operator may set; the defaults are the contract's numbers.</summary>
[GenerateSerializer, Immutable, Alias("bo.traffic.settings")]
public sealed record TrafficSettings
{
    /// <summary>IANA name of the zone whose civil months are metered.</summary>
    [Id(0)] public string Zone { get; init; } = "Europe/Paris";

    [Id(1)] public TrafficBasis Basis { get; init; } = TrafficBasis.HigherOfInOut;

    /// <summary>The limit of the percentile, kbit/s.</summary>
    [Id(2)] public int LimitKbps { get; init; } = 5_000;

    [Id(3)] public int BurstKbps { get; init; } = 100_000;

    /// <summary>How far above the limit a month only warns.</summary>
    [Id(4)] public int TolerancePercent { get; init; } = 5;

    /// <summary>Part of the credits that conformity keeps for restores and retries.</summary>
    [Id(5)] public int ReservePercent { get; init; } = 10;

    /// <summary>What the quiet ceiling lies above the water level.</summary>
    [Id(6)] public int MarginPercent { get; init; } = 10;

    /// <summary>Part of the credits that plain bursting may need for a tenant to leave conformity.</summary>
    [Id(7)] public int ReturnPercent { get; init; } = 90;

    [Id(8)] public TrafficBurstRule BurstRule { get; init; } = TrafficBurstRule.Credits;

    /// <summary>The literal ladder never goes below this.</summary>
    [Id(9)] public int LadderFloorKbps { get; init; } = 10_000;
}
