namespace BackupOnline.Grains.Interfaces.Traffic;

/// <summary>A slot on the ranked curve.</summary>
[GenerateSerializer, Immutable, Alias("bo.traffic.point")]
public readonly record struct CurvePoint
{
    /// <summary>1 for the highest.</summary>
    [Id(0)] public required int Position { get; init; }

    [Id(1)] public required long Slot { get; init; }

    [Id(2)] public required DateTimeOffset StartsAt { get; init; }

    /// <summary>Of the series that counts.</summary>
    [Id(3)] public required long Bytes { get; init; }

    [Id(4)] public required long BitsPerSecond { get; init; }
}
