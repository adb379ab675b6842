namespace BackupOnline.Grains.Interfaces.Vaults;

/// <summary>What a prober learns of its credential.</summary>
[GenerateSerializer, Immutable, Alias("bo.vault.probe-credential")]
public sealed record ProbeCredentialView
{
    [Id(0)] public required string KeyId { get; init; }

    /// <summary>From this instant on it is unknown.</summary>
    [Id(1)] public required DateTimeOffset ExpiresAt { get; init; }
}
