using System.ComponentModel.DataAnnotations;
using BackupOnline.Client.Answers;

namespace BackupOnline.Client.Tenants;

internal sealed record CreateTenantBody : CheckedBody
{
    [Name]
    public required string Name { get; init; }

    [PlainText(1, 200)]
    public required string DisplayName { get; init; }

    /// <summary>Bytes over all vaults, or null for no limit.</summary>
    [Range(0L, long.MaxValue, ErrorMessage = "must be a number of bytes, 0 or more.")]
    public long? QuotaBytes { get; init; }
}
