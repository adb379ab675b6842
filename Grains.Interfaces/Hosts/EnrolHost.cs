using System.Collections.Immutable;
using BackupOnline.Grains.Interfaces.Replies;

namespace BackupOnline.Grains.Interfaces.Hosts;

[GenerateSerializer, Immutable, Alias("bo.host.enrol")]
public sealed record EnrolHost
{
    [Id(0)] public required Caller Caller { get; init; }

    [Id(1)] public required string CodeSha256 { get; init; }

    /// <summary>The X25519 public key that the host made, base64 of 32 bytes (decision 19).</summary>
    [Id(2)] public required string PublicKey { get; init; }

    /// <summary>SHA-256 of the secret with which the host will speak to the door.</summary>
    [Id(3)] public required string SecretSha256 { get; init; }

    /// <summary>The append credential for the host's vault: key id and hash; registered at the Vault by this call.</summary>
    [Id(4)] public required string CredentialKeyId { get; init; }

    [Id(5)] public required string CredentialSha256 { get; init; }

    /// <summary>Operating system, agent version, and what the agent can do: free texts of at most 100 characters, at most 20.</summary>
    [Id(6)] public required ImmutableArray<string> Capabilities { get; init; }
}
