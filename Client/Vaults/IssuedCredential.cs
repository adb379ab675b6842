using BackupOnline.Grains.Interfaces.Vaults;

namespace BackupOnline.Client.Vaults;

/// <summary>A new shelf credential. Its secret is shown this once; a repeated request shows null.</summary>
internal sealed record IssuedCredential
{
    public required CredentialView Credential { get; init; }

    public required string? Secret { get; init; }

    /// <summary>The vault's address without credentials; null while its node has not announced itself.</summary>
    public required string? Url { get; init; }

    /// <summary>For stock restic, as <c>RESTIC_REPOSITORY</c>: holds the secret, so it too is shown once.</summary>
    public required string? Repository { get; init; }

    public static IssuedCredential Of(CredentialView credential, string? secret, string? url) => new()
    {
        Credential = credential,
        Secret = secret,
        Url = url,
        Repository = secret is null || url is null ? null : $"rest:{new UriBuilder(url) { UserName = credential.KeyId, Password = secret }.Uri.AbsoluteUri}",
    };
}
