using System.Collections.Immutable;

namespace BackupOnline.Rules.Placement;

/// <summary>The chosen node, if any, and for every other one the reason.</summary>
public sealed record PlacementChoice
{
    public NodeCandidate? Chosen { get; init; }

    /// <summary>By node name, in ordinal order.</summary>
    public required ImmutableSortedDictionary<string, NodeRefusal> Refused { get; init; }
}
