using BackupOnline.Grains.Interfaces.Replies;

namespace BackupOnline.Grains.Interfaces.Tenants;

[GenerateSerializer, Immutable, Alias("bo.tenant.create")]
public sealed record CreateTenant
{
    [Id(0)] public required Caller Caller { get; init; }

    /// <summary>Shown to people; 1 to 200 characters.</summary>
    [Id(1)] public required string DisplayName { get; init; }

    /// <summary>Bytes over all vaults, or null for no limit.</summary>
    [Id(2)] public long? QuotaBytes { get; init; }
}
