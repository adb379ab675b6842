using BackupOnline.Agent.Repositories;

namespace BackupOnline.Agent.Enrolment;

/// <summary>The agent's configuration file: what it got at enrolment. Holds secrets, so the file is its owner's alone.</summary>
internal sealed record AgentConfiguration
{
    /// <summary>The door, ending with a slash.</summary>
    public required Uri Server { get; init; }

    /// <summary>The host's X25519 key pair, base64 of 32 bytes each (decision 19). The private key never leaves this file.</summary>
    public required string PublicKey { get; init; }

    public required string PrivateKey { get; init; }

    /// <summary>SHA-256 (hexadecimal) of the code that is being redeemed; null once it is. The same code is tried again with the same keys.</summary>
    public string? PendingCodeSha256 { get; init; }

    public string? Tenant { get; init; }

    public string? Host { get; init; }

    public string? Vault { get; init; }

    /// <summary>The key with which this host speaks to the door.</summary>
    public string? Key { get; init; }

    /// <summary>The vault's address at the shelf.</summary>
    public Uri? Shelf { get; init; }

    public ShelfCredential? Credential { get; init; }

    /// <summary>The certificate file of --cacert at enrolment, used ever since; null for the system's authorities.</summary>
    public string? CaCertificate { get; init; }

    public bool Enrolled => PendingCodeSha256 is null && Key is not null && Shelf is not null && Credential is not null;

    public RepositoryAddress Address() => RepositoryAddress.Parse("rest:" + Shelf) with { User = Credential!.KeyId, Secret = Credential.Secret };
}
