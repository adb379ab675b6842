namespace BackupOnline.Grains.Interfaces.Hosts;

/// <summary>A Job tells how it stands with its host.</summary>
[GenerateSerializer, Immutable, Alias("bo.host.work-change")]
public sealed record WorkChange
{
    [Id(0)] public required WorkOffer Offer { get; init; }

    /// <summary>The job's version: what is older than the known changes nothing.</summary>
    [Id(1)] public required long Version { get; init; }

    [Id(2)] public required bool Offered { get; init; }

    [Id(3)] public required bool Ended { get; init; }
}
