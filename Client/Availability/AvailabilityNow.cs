using System.Collections.Immutable;
using BackupOnline.Grains.Interfaces.Availability;

namespace BackupOnline.Client.Availability;

/// <summary>What is wrong at this moment, over all customers. No vault in it: all that are owed were probed and good in the last minutes.</summary>
internal sealed record AvailabilityNow
{
    public required DateTimeOffset At { get; init; }

    /// <summary>Who probes; none means that every minute counts as down.</summary>
    public required ImmutableArray<ProberView> Probers { get; init; }

    /// <summary>Nodes with troubled vaults, by name.</summary>
    public required ImmutableArray<NodeTrouble> Nodes { get; init; }

    /// <summary>By node, customer and vault; at most 500.</summary>
    public required ImmutableArray<VaultTrouble> Vaults { get; init; }

    /// <summary>True when there are more vaults than are shown.</summary>
    public required bool More { get; init; }
}
