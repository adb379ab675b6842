using BackupOnline.Grains.Interfaces.Replies;

namespace BackupOnline.Grains.Interfaces.Hosts;

[GenerateSerializer, Immutable, Alias("bo.host.invite")]
public sealed record InviteHost
{
    [Id(0)] public required Caller Caller { get; init; }

    /// <summary>The vault that the host's append credential is for.</summary>
    [Id(1)] public required string Vault { get; init; }

    /// <summary>SHA-256 of the one-time code, 64 lowercase hexadecimal digits.</summary>
    [Id(2)] public required string CodeSha256 { get; init; }
}
