namespace BackupOnline.Grains.Interfaces.Vaults;

/// <summary>A receiver for whom the vault's key is to be sealed.</summary>
[GenerateSerializer, Immutable, Alias("bo.vault.seal-wanted")]
public sealed record SealWanted
{
    /// <summary><c>host:web01</c>, or <c>opening:</c> and the id of an opening that two persons agreed to.</summary>
    [Id(0)] public required string Receiver { get; init; }

    /// <summary>X25519, base64 of 32 bytes.</summary>
    [Id(1)] public required string PublicKey { get; init; }
}
