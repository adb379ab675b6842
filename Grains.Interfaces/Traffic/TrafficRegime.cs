namespace BackupOnline.Grains.Interfaces.Traffic;

/// <summary>How a tenant may burst in a month, and why.</summary>
[GenerateSerializer, Immutable, Alias("bo.traffic.regime")]
public sealed record TrafficRegime
{
    [Id(0)] public required TrafficStanding Standing { get; init; }

    [Id(1)] public required long BurstKbps { get; init; }

    /// <summary>In conformity: the ceiling outside burst credits; null otherwise.</summary>
    [Id(2)] public long? QuietCeilingKbps { get; init; }

    /// <summary>In conformity: credits that may be used for burst; null otherwise.</summary>
    [Id(3)] public int? BurstSamples { get; init; }

    /// <summary><c>first-month</c>, <c>conform</c>, <c>warned</c>, <c>exceeded</c> or <c>still-needed</c>: what the month before was.</summary>
    [Id(4)] public required string Reason { get; init; }

    /// <summary>False once the month that it follows from is sealed.</summary>
    [Id(5)] public required bool Provisional { get; init; }
}
