using System.Collections.Immutable;

namespace BackupOnline.Grains.Interfaces.Vaults;

[GenerateSerializer, Immutable, Alias("bo.vault.announce")]
public sealed record AnnounceSnapshots
{
    [Id(0)] public required string Node { get; init; }

    /// <summary>At most 1000 at a time.</summary>
    [Id(1)] public required ImmutableArray<SnapshotArrival> Snapshots { get; init; }
}
