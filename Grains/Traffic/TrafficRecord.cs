using System.Collections.Immutable;
using BackupOnline.Grains.Interfaces.Traffic;

namespace BackupOnline.Grains.Traffic;

/// <summary>What was last written of a tenant's traffic state.</summary>
internal sealed record TrafficRecord(ImmutableArray<BurstOverrideView> Overrides)
{
    /// <summary>The override in force, or null where the policy decides.</summary>
    public BurstOverrideView? At(DateTimeOffset now) => Overrides.LastOrDefault(one => one.AppliesFrom <= now) is { BurstKbps: not null } set ? set : null;
}
