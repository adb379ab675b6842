using BackupOnline.Grains.Interfaces.Names;
using BackupOnline.Grains.Interfaces.Vaults;

namespace BackupOnline.StorageNode.Credentials;

/// <summary>A credential that its vault's grain once called good. <paramref name="CheckedAt"/> is a timestamp of the monotonic clock: a corrected wall clock neither ages nor renews it.</summary>
internal sealed record KnownCredential(VaultKey Vault, string SecretSha256, CredentialVerdict Verdict, long CheckedAt)
{
    /// <summary>The grain did not answer then; it is asked again a little later and not by every request.</summary>
    public long? FailedAt { get; init; }
}
