using System.Security.Cryptography;

namespace BackupOnline.Engine.Crypto;

/// <summary>
/// The 64 bytes that seal: the repository's master key, or what scrypt makes of a password. In this order: 32 for AES-256, 16 (k) and 16 (r) for Poly1305-AES.
/// </summary>
internal sealed class MasterKey : IDisposable
{
    public const int Length = 64;

    private readonly byte[] _bytes = GC.AllocateArray<byte>(Length, pinned: true);

    /// <exception cref="ArgumentException">Not 64 bytes, or a part is all zero: a key that nobody drew.</exception>
    public MasterKey(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != Length)
            throw new ArgumentException($"A key is {Length} bytes, not {bytes.Length}.", nameof(bytes));
        bytes.CopyTo(_bytes);
        if (IsZero(Encrypt) || IsZero(MacK) || IsZero(MacR))
            throw new ArgumentException("A part of the key is all zero.", nameof(bytes));
    }

    public ReadOnlySpan<byte> Encrypt => _bytes.AsSpan(0, 32);

    public ReadOnlySpan<byte> MacK => _bytes.AsSpan(32, 16);

    public ReadOnlySpan<byte> MacR => _bytes.AsSpan(48, 16);

    public static MasterKey NewRandom()
    {
        Span<byte> bytes = stackalloc byte[Length];
        RandomNumberGenerator.Fill(bytes);
        var key = new MasterKey(bytes);
        CryptographicOperations.ZeroMemory(bytes);
        return key;
    }

    /// <summary>The same key in memory of its own, wiped by its own Dispose.</summary>
    public MasterKey Copy() => new(_bytes);

    public void Dispose() => CryptographicOperations.ZeroMemory(_bytes);

    private static bool IsZero(ReadOnlySpan<byte> bytes) => bytes.IndexOfAnyExcept((byte)0) < 0;
}
