using BackupOnline.Client.Answers;

namespace BackupOnline.Client.Tenants;

internal sealed record CreateTenantBody : CheckedBody
{
    [Name]
    public required string Name { get; init; }

    [PlainText(1, 200)]
    public required string DisplayName { get; init; }

    /// <summary>Bytes over all vaults, or null for no limit.</summary>
    [ByteCount]
    public long? QuotaBytes { get; init; }
}
