namespace BackupOnline.Rules.Placement;

/// <summary>What a vault needs of its node.</summary>
public sealed record PlacementWish
{
    /// <summary>The only node that will do, or null for any.</summary>
    public string? Node { get; init; }

    /// <summary>Hardware of the protected machine, where it is known: a copy must not lie on it (contract article 6).</summary>
    public string? ProtectedHardware { get; init; }

    /// <summary>Site of the protected machine, where it is known: a copy must not lie there (contract article 6).</summary>
    public string? ProtectedSite { get; init; }
}
