using BackupOnline.Grains.Interfaces.Replies;

namespace BackupOnline.Grains.Interfaces.Tenants;

[GenerateSerializer, Immutable, Alias("bo.tenant.edit")]
public sealed record EditTenant
{
    [Id(0)] public required Caller Caller { get; init; }

    /// <summary>The version that the caller read, or null to overwrite whatever is there.</summary>
    [Id(1)] public long? ExpectedVersion { get; init; }

    [Id(2)] public required string DisplayName { get; init; }

    [Id(3)] public long? QuotaBytes { get; init; }
}
