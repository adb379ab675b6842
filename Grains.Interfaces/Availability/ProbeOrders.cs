using System.Collections.Immutable;

namespace BackupOnline.Grains.Interfaces.Availability;

/// <summary>What a prober shall probe in a round.</summary>
[GenerateSerializer, Immutable, Alias("bo.probe-desk.orders")]
public sealed record ProbeOrders
{
    /// <summary>Shards of vaults, by <see cref="ProbeShard"/>, ascending; those claimed before in the same round included.</summary>
    [Id(0)] public required ImmutableArray<int> Shards { get; init; }
}
