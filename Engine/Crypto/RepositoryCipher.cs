using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace BackupOnline.Engine.Crypto;

/// <summary>
/// Seals and opens as the format says: nonce (16) | AES-256-CTR ciphertext | Poly1305-AES of the ciphertext (16). Thread-safe; each call borrows a worker.
/// The key stays its maker's to dispose, after this.
/// </summary>
internal sealed class RepositoryCipher(MasterKey key, Func<MasterKey, CipherWorker>? newWorker = null) : IDisposable
{
    public const int NonceLength = 16;
    public const int MacLength = 16;

    /// <summary>Bytes that sealing adds.</summary>
    public const int Overhead = NonceLength + MacLength;

    private readonly ConcurrentBag<CipherWorker> _idle = [];
    private readonly Func<MasterKey, CipherWorker> _newWorker = newWorker ?? CipherWorker.Create;

    /// <summary>Seals into the first <c>plain.Length + Overhead</c> bytes of the destination, which must not overlap the plain bytes.</summary>
    public void Seal(ReadOnlySpan<byte> plain, Span<byte> destination)
    {
        var nonce = destination[..NonceLength];
        do
        {
            RandomNumberGenerator.Fill(nonce);
        }
        while (IsZero(nonce));

        var ciphertext = destination.Slice(NonceLength, plain.Length);
        var worker = Borrow();
        worker.Crypt(nonce, plain, ciphertext);
        worker.Authenticate(nonce, ciphertext, destination.Slice(NonceLength + plain.Length, MacLength));
        _idle.Add(worker);
    }

    /// <summary>
    /// Opens into the first <c>sealedBytes.Length - Overhead</c> bytes of the destination. The MAC is checked, in constant time, before anything is decrypted:
    /// on false the destination is untouched.
    /// </summary>
    public bool TryOpen(ReadOnlySpan<byte> sealedBytes, Span<byte> destination)
    {
        if (sealedBytes.Length < Overhead || IsZero(sealedBytes[..NonceLength]))
            return false;
        var nonce = sealedBytes[..NonceLength];
        var ciphertext = sealedBytes[NonceLength..^MacLength];
        Span<byte> tag = stackalloc byte[MacLength];
        var worker = Borrow();
        worker.Authenticate(nonce, ciphertext, tag);
        var genuine = CryptographicOperations.FixedTimeEquals(tag, sealedBytes[^MacLength..]);
        if (genuine)
            worker.Crypt(nonce, ciphertext, destination[..ciphertext.Length]);
        _idle.Add(worker);
        return genuine;
    }

    /// <summary>Whether the MAC fits: for copying sealed bytes as they are, without decrypting them.</summary>
    public bool IsGenuine(ReadOnlySpan<byte> sealedBytes)
    {
        if (sealedBytes.Length < Overhead || IsZero(sealedBytes[..NonceLength]))
            return false;
        Span<byte> tag = stackalloc byte[MacLength];
        var worker = Borrow();
        worker.Authenticate(sealedBytes[..NonceLength], sealedBytes[NonceLength..^MacLength], tag);
        _idle.Add(worker);
        return CryptographicOperations.FixedTimeEquals(tag, sealedBytes[^MacLength..]);
    }

    public byte[] Seal(ReadOnlySpan<byte> plain)
    {
        var sealedBytes = new byte[plain.Length + Overhead];
        Seal(plain, sealedBytes);
        return sealedBytes;
    }

    /// <summary>The plain bytes, or null when the MAC does not fit.</summary>
    public byte[]? TryOpen(ReadOnlySpan<byte> sealedBytes)
    {
        if (sealedBytes.Length < Overhead)
            return null;
        var plain = new byte[sealedBytes.Length - Overhead];
        return TryOpen(sealedBytes, plain) ? plain : null;
    }

    public void Dispose()
    {
        while (_idle.TryTake(out var worker))
            worker.Dispose();
    }

    private static bool IsZero(ReadOnlySpan<byte> bytes) => bytes.IndexOfAnyExcept((byte)0) < 0;

    // A worker that threw is not given back: its state is unknown.
    private CipherWorker Borrow() => _idle.TryTake(out var worker) ? worker : _newWorker(key);
}
