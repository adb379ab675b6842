namespace BackupOnline.Rules.Traffic;

/// <summary>How a tenant may burst in a month.</summary>
public sealed record BurstRegime
{
    public required BurstStanding Standing { get; init; }

    public required long BurstKbps { get; init; }

    /// <summary>In conformity; null otherwise.</summary>
    public QuietCeiling? Quiet { get; init; }

    /// <summary>What the month before was; null for a tenant's first month.</summary>
    public StandingReason? Reason { get; init; }
}
