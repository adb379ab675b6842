using BackupOnline.Grains.Interfaces.Replies;

namespace BackupOnline.Grains.Interfaces.Traffic;

/// <summary>Corrects a sealed month in the customer's favour.</summary>
[GenerateSerializer, Immutable, Alias("bo.traffic.correct")]
public sealed record CorrectTraffic
{
    [Id(0)] public required Caller Caller { get; init; }

    [Id(1)] public required string Month { get; init; }

    /// <summary>Below what counts at present, bytes per slot.</summary>
    [Id(2)] public required long P95Bytes { get; init; }

    /// <summary>Goes into the tenant's log.</summary>
    [Id(3)] public required string Reason { get; init; }
}
