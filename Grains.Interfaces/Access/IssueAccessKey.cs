using BackupOnline.Grains.Interfaces.Replies;

namespace BackupOnline.Grains.Interfaces.Access;

[GenerateSerializer, Immutable, Alias("bo.access.issue")]
public sealed record IssueAccessKey
{
    [Id(0)] public required Caller Caller { get; init; }

    /// <summary>Public part: 'k' and 20 characters of a-z and 2-7.</summary>
    [Id(1)] public required string KeyId { get; init; }

    /// <summary>SHA-256 of the secret's UTF-8 text, 64 lowercase hexadecimal digits.</summary>
    [Id(2)] public required string SecretSha256 { get; init; }

    /// <summary><see cref="AccessRole.Operator"/> only on the operators' ring, the others only on a tenant's.</summary>
    [Id(3)] public required AccessRole Role { get; init; }

    [Id(4)] public string Label { get; init; } = "";
}
