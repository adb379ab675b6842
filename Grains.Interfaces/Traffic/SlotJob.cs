using BackupOnline.Grains.Interfaces.Jobs;

namespace BackupOnline.Grains.Interfaces.Traffic;

/// <summary>A job that ran during slots above the limit.</summary>
[GenerateSerializer, Immutable, Alias("bo.traffic.job")]
public sealed record SlotJob
{
    [Id(0)] public required string Job { get; init; }

    [Id(1)] public required JobKind Kind { get; init; }

    [Id(2)] public required string Host { get; init; }

    [Id(3)] public required string Vault { get; init; }

    [Id(4)] public required DateTimeOffset StartedAt { get; init; }

    [Id(5)] public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Slots of the curve above the limit during which it ran.</summary>
    [Id(6)] public required int SlotsAbove { get; init; }
}
