namespace BackupOnline.Grains.Interfaces.Traffic;

/// <summary>The settings of contract article 7 from a month on. Versions only grow; what applied to a past month never changes.</summary>
[GenerateSerializer, Immutable, Alias("bo.traffic.policy")]
public sealed record TrafficPolicyView
{
    [Id(0)] public required int Version { get; init; }

    /// <summary>The first month to which it applies, <c>2026-12</c>; <c>0001-01</c> for the policy that always was.</summary>
    [Id(1)] public required string FromMonth { get; init; }

    [Id(2)] public required TrafficSettings Settings { get; init; }

    /// <summary>Why it was set; null for the first one.</summary>
    [Id(3)] public string? Reason { get; init; }

    [Id(4)] public DateTimeOffset? SetAt { get; init; }
}
