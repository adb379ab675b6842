using System.Collections.Concurrent;
using BackupOnline.Grains.Interfaces.Names;

namespace BackupOnline.StorageNode.Credentials;

/// <summary>Good credentials by key id (unique over all vaults). Only good ones are kept, so strangers cannot fill it.</summary>
internal sealed class KnownCredentials
{
    private readonly ConcurrentDictionary<string, KnownCredential> _known = new();

    /// <summary>What is known of exactly this key id with this secret.</summary>
    public KnownCredential? Find(BasicCredential shown) =>
        _known.TryGetValue(shown.KeyId, out var known) && known.SecretSha256 == shown.SecretSha256 ? known : null;

    public void Keep(string keyId, KnownCredential known) => _known[keyId] = known;

    /// <summary>Forgets a credential unless something newer is known of it.</summary>
    public void Drop(string keyId, KnownCredential known) => _known.TryRemove(new(keyId, known));

    /// <summary>Forgets one key of a vault, or all (null).</summary>
    public void Drop(VaultKey vault, string? keyId)
    {
        foreach (var entry in _known.Where(entry => entry.Value.Vault == vault && (keyId is null || entry.Key == keyId)))
            _known.TryRemove(entry);
    }
}
