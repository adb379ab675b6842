namespace BackupOnline.Grains.Interfaces.Vaults;

/// <summary>A hot vault's repository password, wrapped with the storage side's master key (decision 19). Grains keep it and cannot read it.</summary>
[GenerateSerializer, Immutable, Alias("bo.vault.wrapped-key")]
public sealed record WrappedKey
{
    /// <summary>Names the master key that wrapped it, and tells nothing of it: 16 hexadecimal digits.</summary>
    [Id(0)] public required string MasterKeyId { get; init; }

    /// <summary>Base64 of nonce and XChaCha20-Poly1305 ciphertext; the vault's identity is authenticated with it.</summary>
    [Id(1)] public required string Sealed { get; init; }
}
