using BackupOnline.Grains.Interfaces.Replies;

namespace BackupOnline.Grains.Interfaces.Vaults;

/// <summary>A host asks for the key of its hot vault.</summary>
[GenerateSerializer, Immutable, Alias("bo.vault.ask-sealed-key")]
public sealed record AskSealedKey
{
    [Id(0)] public required Caller Caller { get; init; }

    /// <summary>The host, by name within the tenant. The key is sealed to what it made at enrolment, never to a key that comes with the request.</summary>
    [Id(1)] public required string Host { get; init; }
}
