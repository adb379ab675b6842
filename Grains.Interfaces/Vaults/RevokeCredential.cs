using BackupOnline.Grains.Interfaces.Replies;

namespace BackupOnline.Grains.Interfaces.Vaults;

[GenerateSerializer, Immutable, Alias("bo.vault.revoke-credential")]
public sealed record RevokeCredential
{
    [Id(0)] public required Caller Caller { get; init; }

    [Id(1)] public required string KeyId { get; init; }
}
