using BackupOnline.Persistence.Availability;

namespace BackupOnline.Client.Availability;

/// <summary>A vault that failed lately, or has no result.</summary>
internal sealed record VaultTrouble
{
    public required string Tenant { get; init; }

    public required string Vault { get; init; }

    public required string Node { get; init; }

    /// <summary>connect, tls, status, disk-full, wrong-bytes, timeout or credential; null when there is no result.</summary>
    public required string? Outcome { get; init; }

    public required string? Detail { get; init; }

    /// <summary>First minute of the failure, or the end of the last result; null when there never was one.</summary>
    public required DateTimeOffset? Since { get; init; }

    public static VaultTrouble Of(TroubledVault vault) =>
        new() { Tenant = vault.Tenant, Vault = vault.Vault, Node = vault.Node, Outcome = vault.Outcome, Detail = vault.Detail, Since = vault.Since };
}
