using BackupOnline.Grains.Interfaces.Replies;

namespace BackupOnline.Grains.Interfaces.Traffic;

/// <summary>New settings for all tenants. They apply from the next month at the earliest.</summary>
[GenerateSerializer, Immutable, Alias("bo.traffic.set-policy")]
public sealed record SetTrafficPolicy
{
    [Id(0)] public required Caller Caller { get; init; }

    /// <summary>The first month, <c>2026-12</c>; null for the next one.</summary>
    [Id(1)] public string? FromMonth { get; init; }

    [Id(2)] public required TrafficSettings Settings { get; init; }

    /// <summary>Goes into the provider's log.</summary>
    [Id(3)] public required string Reason { get; init; }
}
