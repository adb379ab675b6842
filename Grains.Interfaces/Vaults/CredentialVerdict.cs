namespace BackupOnline.Grains.Interfaces.Vaults;

/// <summary>The Vault grain's judgement, which the shelf may cache for at most 60 s (10 minutes while the grain cannot be reached).</summary>
[GenerateSerializer, Immutable, Alias("bo.vault.verdict")]
public sealed record CredentialVerdict
{
    [Id(0)] public required CredentialStanding Standing { get; init; }

    [Id(1)] public CredentialScope Scope { get; init; }

    /// <summary>Bytes that the vault may hold, or null.</summary>
    [Id(2)] public long? QuotaBytes { get; init; }

    [Id(3)] public TimeSpan ImmutabilityWindow { get; init; }

    /// <summary>The node that holds the vault: a shelf that is not it answers as for an unknown vault.</summary>
    [Id(4)] public string? Node { get; init; }
}
