using System.Security.Cryptography;
using System.Text;
using BackupOnline.Grains.Interfaces.Access;
using BackupOnline.Grains.Interfaces.Names;
using BackupOnline.Grains.Interfaces.Vaults;

namespace BackupOnline.StorageNode.Keys;

/// <summary>
/// The only place where the key of a hot vault is clear (decision 19): makes it, wraps it for the Vault grain, unwraps it for the worker of this process, seals it
/// for those whom the vault names. Nothing here is reachable over the network.
/// </summary>
internal sealed class KeyService(MasterKeyFile file)
{
    /// <summary>A new repository password with 256 random bits and its wrapped form. The first use makes the master key.</summary>
    public (string Password, WrappedKey Wrapped) Make(VaultKey vault)
    {
        var password = SecretText.NewSecret();
        return (password, Wrap(vault, password, file.Read()[0]));
    }

    /// <summary>The password, and its form under the newest master key where it is wrapped with an older one.</summary>
    /// <exception cref="KeyFaultException">The file does not hold the key that wrapped it, or the wrapped form is not this vault's.</exception>
    public (string Password, WrappedKey? Newer) Unwrap(VaultKey vault, WrappedKey wrapped)
    {
        var keys = file.Read();
        var key = keys.FirstOrDefault(key => key.Id == wrapped.MasterKeyId)
            ?? throw new KeyFaultException(
                "master-key-other",
                $"The key of vault '{vault.Tenant}/{vault.Vault}' is wrapped with master key {wrapped.MasterKeyId}, which this node's file does not hold. Put that key's line back into the file, below the newer ones.");
        var password = Open(vault, wrapped, key)
            ?? throw new KeyFaultException(
                "wrapped-key-damaged",
                $"The wrapped key of vault '{vault.Tenant}/{vault.Vault}' is damaged or another vault's. Put the vault's record back from a copy of the database.");
        return (password, key == keys[0] ? null : Wrap(vault, password, keys[0]));
    }

    /// <summary>Null for a public key that is not one.</summary>
    public static string? Seal(string password, string publicKey)
    {
        var key = new byte[Sodium.PublicKeyBytes + 1];
        if (!Convert.TryFromBase64String(publicKey, key, out var length) || length != Sodium.PublicKeyBytes)
            return null;
        var clear = Encoding.UTF8.GetBytes(password);
        try
        {
            return Sodium.Seal(key.AsSpan(0, length), clear) is { } box ? Convert.ToBase64String(box) : null;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(clear);
        }
    }

    // With the vault's identity authenticated, the wrapped key of one vault cannot be put in the place of another's.
    private static byte[] Identity(VaultKey vault) => Encoding.UTF8.GetBytes($"backuponline hot vault key v1\n{vault}");

    private static WrappedKey Wrap(VaultKey vault, string password, MasterKey key)
    {
        var clear = Encoding.UTF8.GetBytes(password);
        try
        {
            var nonce = RandomNumberGenerator.GetBytes(Sodium.NonceBytes);
            return new() { MasterKeyId = key.Id, Sealed = Convert.ToBase64String([.. nonce, .. Sodium.Encrypt(key.Bytes, nonce, Identity(vault), clear)]) };
        }
        finally
        {
            CryptographicOperations.ZeroMemory(clear);
        }
    }

    private static string? Open(VaultKey vault, WrappedKey wrapped, MasterKey key)
    {
        var bytes = new byte[wrapped.Sealed.Length];
        if (!Convert.TryFromBase64String(wrapped.Sealed, bytes, out var length) || length < Sodium.NonceBytes)
            return null;
        var clear = Sodium.Decrypt(key.Bytes, bytes.AsSpan(0, Sodium.NonceBytes), Identity(vault), bytes.AsSpan(Sodium.NonceBytes, length - Sodium.NonceBytes));
        if (clear is null)
            return null;
        var password = Encoding.UTF8.GetString(clear);
        CryptographicOperations.ZeroMemory(clear);
        return password;
    }
}
