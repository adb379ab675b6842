using System.Security.Cryptography;

namespace BackupOnline.StorageNode.Keys;

/// <summary>A master key of the storage side: wraps the keys of hot vaults (decision 19).</summary>
internal sealed class MasterKey
{
    private readonly byte[] _bytes;

    public MasterKey(byte[] bytes)
    {
        _bytes = bytes.Length == Sodium.KeyBytes ? bytes : throw new ArgumentException($"A master key has {Sodium.KeyBytes} bytes.", nameof(bytes));
        Id = Convert.ToHexStringLower(SHA256.HashData([.. "backuponline master key id\n"u8, .. bytes]).AsSpan(0, 8));
    }

    /// <summary>Names the key and tells nothing of it: 16 hexadecimal digits of a hash.</summary>
    public string Id { get; }

    public ReadOnlySpan<byte> Bytes => _bytes;

    public static MasterKey NewRandom() => new(RandomNumberGenerator.GetBytes(Sodium.KeyBytes));
}
