using NodaTime;

namespace BackupOnline.Rules.Placement;

/// <summary>The numbers of <see cref="PlacementRule"/>. They are ours, not the contract's.</summary>
public sealed record PlacementPolicy
{
    public static PlacementPolicy Default { get; } = new();

    /// <summary>A node seen within this time is live; default 3 minutes: it beats every 30 s and the list lags by up to a minute, so that one lost beat is forgiven.</summary>
    public Duration LiveWithin { get; init; } = Duration.FromMinutes(3);

    /// <summary>A node with fewer free bytes has no room for another vault; default 256 MiB. Quotas are limits and reserve nothing.</summary>
    public long MinimumFreeBytes { get; init; } = 256L * 1024 * 1024;
}
