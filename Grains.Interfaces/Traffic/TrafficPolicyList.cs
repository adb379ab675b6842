using System.Collections.Immutable;

namespace BackupOnline.Grains.Interfaces.Traffic;

/// <summary>All policies, oldest first.</summary>
[GenerateSerializer, Immutable, Alias("bo.traffic.policies")]
public sealed record TrafficPolicyList
{
    [Id(0)] public required ImmutableArray<TrafficPolicyView> Items { get; init; }
}
