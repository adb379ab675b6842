using BackupOnline.Grains.Interfaces.Access;

namespace BackupOnline.Grains.Access;

/// <summary>An access key as it is kept: the secret only as a hash.</summary>
internal sealed record AccessKeyState
{
    public required string KeyId { get; init; }

    public required string SecretSha256 { get; init; }

    public required AccessRole Role { get; init; }

    public required string Label { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? RevokedAt { get; init; }

    public DateTimeOffset? LastUsedAt { get; set; }

    public AccessKeyView ToView(string scope) => new()
    {
        KeyId = KeyId,
        Scope = scope,
        Role = Role,
        Label = Label,
        CreatedAt = CreatedAt,
        RevokedAt = RevokedAt,
        LastUsedAt = LastUsedAt,
    };
}
