using System.Collections.Immutable;
using BackupOnline.Grains.Interfaces.Replies;

namespace BackupOnline.Grains.Interfaces.Vaults;

/// <summary>An order to forget snapshots of a hot vault, each by its whole name and with its reason. Nothing that is not named here is ever forgotten.</summary>
[GenerateSerializer, Immutable, Alias("bo.vault.forget")]
public sealed record ForgetSnapshots
{
    [Id(0)] public required Caller Caller { get; init; }

    /// <summary>1 to 1000. One that is ordered already, or gone already, changes nothing.</summary>
    [Id(1)] public required ImmutableArray<SnapshotToForget> Snapshots { get; init; }
}
