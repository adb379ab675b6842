namespace BackupOnline.Grains.Interfaces.Vaults;

[GenerateSerializer, Immutable, Alias("bo.vault.authenticate")]
public sealed record AuthenticateCredential
{
    [Id(0)] public required string KeyId { get; init; }

    /// <summary>SHA-256 of the secret that was shown, 64 lowercase hexadecimal digits.</summary>
    [Id(1)] public required string SecretSha256 { get; init; }

    /// <summary>The node that asks.</summary>
    [Id(2)] public required string Node { get; init; }
}
