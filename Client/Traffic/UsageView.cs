using System.Collections.Immutable;
using BackupOnline.Grains.Interfaces.Traffic;

namespace BackupOnline.Client.Traffic;

/// <summary>What a customer uses at present.</summary>
internal sealed record UsageView
{
    public required string Tenant { get; init; }

    /// <summary>Over all vaults, or null for no limit.</summary>
    public required long? QuotaBytes { get; init; }

    /// <summary>In order of name; a host sees its own vault.</summary>
    public required ImmutableArray<VaultUsage> Vaults { get; init; }

    public required TrafficMonthView Traffic { get; init; }
}
