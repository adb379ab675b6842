using BackupOnline.Grains.Interfaces.Vaults;

namespace BackupOnline.Grains.Vaults;

/// <summary>A prober's credential as it is kept: the secret only as a hash.</summary>
internal sealed record ProbeCredentialState
{
    public required string Prober { get; init; }

    public required string KeyId { get; init; }

    public required string SecretSha256 { get; init; }

    /// <summary>Exclusive.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    public ProbeCredentialView ToView() => new() { KeyId = KeyId, ExpiresAt = ExpiresAt };
}
