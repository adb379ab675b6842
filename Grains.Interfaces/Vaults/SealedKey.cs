namespace BackupOnline.Grains.Interfaces.Vaults;

/// <summary>A hot vault's key as its receiver alone can read it.</summary>
[GenerateSerializer, Immutable, Alias("bo.vault.sealed-key")]
public sealed record SealedKey
{
    /// <summary>Base64 of a libsodium sealed box to the receiver's X25519 key; its content is the repository password in UTF-8.</summary>
    [Id(0)] public required string Sealed { get; init; }

    /// <summary>The key that it is sealed to, base64 of 32 bytes.</summary>
    [Id(1)] public required string PublicKey { get; init; }
}
