using BackupOnline.Grains.Interfaces.Replies;

namespace BackupOnline.Grains.Interfaces.Access;

/// <summary>The access keys of programs: one ring per tenant, one for the provider's operators. Key: <see cref="Names.KeyringKey"/>.</summary>
[Alias("bo.keyring")]
public interface IKeyringGrain : IGrainWithStringKey
{
    /// <summary>Registers a key; only the hash of its secret comes here.</summary>
    [Alias("issue")]
    Task<Reply<AccessKeyView>> IssueAsync(IssueAccessKey request, CancellationToken cancellation);

    [Alias("revoke")]
    Task<Reply<AccessKeyView>> RevokeAsync(RevokeAccessKey request, CancellationToken cancellation);

    [Alias("list")]
    Task<Reply<AccessKeyList>> ListAsync(CancellationToken cancellation);

    /// <summary>The key, when id and hash match and it is not revoked; else null. Notes when it was last used, in memory, written with the next change.</summary>
    [Alias("authenticate")]
    Task<AccessKeyView?> AuthenticateAsync(string keyId, string secretSha256, CancellationToken cancellation);
}
