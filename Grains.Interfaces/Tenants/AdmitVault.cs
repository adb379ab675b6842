using BackupOnline.Grains.Interfaces.Replies;

namespace BackupOnline.Grains.Interfaces.Tenants;

[GenerateSerializer, Immutable, Alias("bo.tenant.admit-vault")]
public sealed record AdmitVault
{
    [Id(0)] public required Caller Caller { get; init; }

    [Id(1)] public required string Vault { get; init; }

    /// <summary>Bytes that the vault may hold, or null for all that the tenant's quota leaves.</summary>
    [Id(2)] public long? QuotaBytes { get; init; }
}
