using BackupOnline.Grains.Interfaces.Replies;

namespace BackupOnline.Grains.Interfaces.Vaults;

/// <summary>Registers a shelf credential. The secret is made by the caller of the grain, shown once, and never comes here: only its hash does.</summary>
[GenerateSerializer, Immutable, Alias("bo.vault.issue-credential")]
public sealed record IssueCredential
{
    [Id(0)] public required Caller Caller { get; init; }

    /// <summary>Public name of the credential, the HTTP Basic user: 'c' and 20 characters of a-z and 2-7, unique over all vaults.</summary>
    [Id(1)] public required string KeyId { get; init; }

    /// <summary>SHA-256 of the secret's UTF-8 text, 64 lowercase hexadecimal digits. The secret has 256 random bits, so a plain hash is enough (decision 18).</summary>
    [Id(2)] public required string SecretSha256 { get; init; }

    [Id(3)] public required CredentialScope Scope { get; init; }

    /// <summary>For people; 0 to 100 characters.</summary>
    [Id(4)] public string Label { get; init; } = "";

    /// <summary>The host that the credential was made for, or null.</summary>
    [Id(5)] public string? Host { get; init; }
}
