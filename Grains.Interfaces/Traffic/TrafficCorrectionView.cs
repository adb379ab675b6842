namespace BackupOnline.Grains.Interfaces.Traffic;

/// <summary>A correction of a sealed month: an entry of its own, in the customer's favour only. The sealed row stays as it is.</summary>
[GenerateSerializer, Immutable, Alias("bo.traffic.correction")]
public sealed record TrafficCorrectionView
{
    /// <summary>1 for the first of the month.</summary>
    [Id(0)] public required int Number { get; init; }

    [Id(1)] public required string Month { get; init; }

    /// <summary>The percentile that counts from now on, bytes per slot.</summary>
    [Id(2)] public required long P95Bytes { get; init; }

    [Id(3)] public required string Reason { get; init; }

    [Id(4)] public required DateTimeOffset At { get; init; }
}
