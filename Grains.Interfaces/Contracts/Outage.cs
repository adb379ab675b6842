namespace BackupOnline.Grains.Interfaces.Contracts;

/// <summary>A time without service, half-open.</summary>
[GenerateSerializer, Immutable, Alias("bo.contract.outage")]
public readonly record struct Outage
{
    /// <summary>Inclusive.</summary>
    [Id(0)] public required DateTimeOffset Start { get; init; }

    /// <summary>Exclusive; after the start.</summary>
    [Id(1)] public required DateTimeOffset End { get; init; }
}
