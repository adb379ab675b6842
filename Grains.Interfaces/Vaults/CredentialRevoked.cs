namespace BackupOnline.Grains.Interfaces.Vaults;

/// <summary>Pushed on the memory stream <see cref="StreamNamespace"/>, stream key = node name, so that a shelf drops its cached verdict at once. A hint: the cache's age is the truth.</summary>
[GenerateSerializer, Immutable, Alias("bo.vault.credential-revoked")]
public sealed record CredentialRevoked
{
    public const string StreamNamespace = "credential-revoked";

    [Id(0)] public required string Tenant { get; init; }

    [Id(1)] public required string Vault { get; init; }

    /// <summary>The revoked key, or null when every cached verdict of the vault is void (suspension, quota).</summary>
    [Id(2)] public string? KeyId { get; init; }
}
