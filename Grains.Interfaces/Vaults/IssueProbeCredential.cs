namespace BackupOnline.Grains.Interfaces.Vaults;

/// <summary>Registers a credential for one prober. Its secret stays with the prober; only the hash comes here.</summary>
[GenerateSerializer, Immutable, Alias("bo.vault.issue-probe-credential")]
public sealed record IssueProbeCredential
{
    /// <summary>Who probes, by the name rule: a new credential follows its earlier ones, of which the last stays good for what is on its way.</summary>
    [Id(0)] public required string Prober { get; init; }

    /// <summary>As for customers' credentials: 'c' and 20 characters of a-z and 2-7.</summary>
    [Id(1)] public required string KeyId { get; init; }

    /// <summary>SHA-256 of the secret's UTF-8 text, 64 lowercase hexadecimal digits; the secret has 256 random bits.</summary>
    [Id(2)] public required string SecretSha256 { get; init; }
}
