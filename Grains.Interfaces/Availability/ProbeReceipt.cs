namespace BackupOnline.Grains.Interfaces.Availability;

/// <summary>What became of a report.</summary>
[GenerateSerializer, Immutable, Alias("bo.availability.receipt")]
public sealed record ProbeReceipt
{
    /// <summary>Recorded, now or before.</summary>
    [Id(0)] public required int Taken { get; init; }

    /// <summary>Left out because their month is sealed, or because they are older than the grain takes.</summary>
    [Id(1)] public required int TooLate { get; init; }

    /// <summary>Left out because the tenant has no such vault.</summary>
    [Id(2)] public required int UnknownVault { get; init; }
}
