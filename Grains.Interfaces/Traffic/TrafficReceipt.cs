namespace BackupOnline.Grains.Interfaces.Traffic;

/// <summary>What became of a report.</summary>
[GenerateSerializer, Immutable, Alias("bo.traffic.receipt")]
public sealed record TrafficReceipt
{
    /// <summary>Slots that were taken, or were known already.</summary>
    [Id(0)] public required int Taken { get; init; }

    /// <summary>Slots of a sealed month, which only a correction may change: not taken, and in the log.</summary>
    [Id(1)] public required int Sealed { get; init; }
}
