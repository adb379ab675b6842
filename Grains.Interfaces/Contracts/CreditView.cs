namespace BackupOnline.Grains.Interfaces.Contracts;

/// <summary>A sealed month and what it credits.</summary>
[GenerateSerializer, Immutable, Alias("bo.contract.credit")]
public sealed record CreditView
{
    [Id(0)] public required string Month { get; init; }

    /// <summary>The local midnight that ends the month: from here on its credit counts.</summary>
    [Id(1)] public required DateTimeOffset SealedAt { get; init; }

    /// <summary>The part of the month in which the contract ran.</summary>
    [Id(2)] public required long ActiveSeconds { get; init; }

    /// <summary>Attributable outages inside it, overlaps once.</summary>
    [Id(3)] public required long DownSeconds { get; init; }

    /// <summary>Credited when it was sealed.</summary>
    [Id(4)] public required long CreditSeconds { get; init; }

    /// <summary>Credited by later corrections, on top.</summary>
    [Id(5)] public required long CorrectionSeconds { get; init; }

    /// <summary>Availability below 90 %.</summary>
    [Id(6)] public required bool BelowCommitment { get; init; }

    [Id(7)] public required string PolicyVersion { get; init; }
}
