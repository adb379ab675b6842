using BackupOnline.Grains.Interfaces.Vaults;

namespace BackupOnline.Grains.Vaults;

/// <summary>A shelf credential as it is kept: the secret only as a hash.</summary>
internal sealed record CredentialState
{
    public required string KeyId { get; init; }

    public required string SecretSha256 { get; init; }

    public required CredentialScope Scope { get; init; }

    public required string Label { get; init; }

    public string? Host { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? RevokedAt { get; init; }

    public CredentialView ToView() =>
        new() { KeyId = KeyId, Scope = Scope, Label = Label, Host = Host, CreatedAt = CreatedAt, RevokedAt = RevokedAt };
}
