using BackupOnline.Grains.Interfaces.Replies;

namespace BackupOnline.Grains.Interfaces.Access;

[GenerateSerializer, Immutable, Alias("bo.access.revoke")]
public sealed record RevokeAccessKey
{
    [Id(0)] public required Caller Caller { get; init; }

    [Id(1)] public required string KeyId { get; init; }
}
