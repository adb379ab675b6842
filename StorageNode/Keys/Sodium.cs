using System.Runtime.InteropServices;

namespace BackupOnline.StorageNode.Keys;

/// <summary>libsodium's functions for wrapping and sealing; the library comes with the engine's package of that name.</summary>
internal static partial class Sodium
{
    public const int KeyBytes = 32;
    public const int NonceBytes = 24;
    public const int TagBytes = 16;
    public const int PublicKeyBytes = 32;

    /// <summary>The ephemeral public key and the tag of a sealed box.</summary>
    public const int SealBytes = 48;

    private const string Library = "libsodium";

    /// <summary>XChaCha20-Poly1305: the nonce is long enough to be random.</summary>
    public static byte[] Encrypt(ReadOnlySpan<byte> key, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> associated, ReadOnlySpan<byte> message)
    {
        Initialise();
        var cipher = new byte[message.Length + TagBytes];
        if (Encrypt(cipher, out _, message, (ulong)message.Length, associated, (ulong)associated.Length, 0, nonce, key) != 0)
            throw new InvalidOperationException("libsodium did not encrypt.");
        return cipher;
    }

    /// <summary>Null when key, nonce, associated data or ciphertext are not those of the encryption.</summary>
    public static byte[]? Decrypt(ReadOnlySpan<byte> key, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> associated, ReadOnlySpan<byte> cipher)
    {
        if (cipher.Length < TagBytes)
            return null;
        Initialise();
        var message = new byte[cipher.Length - TagBytes];
        return Decrypt(message, out _, 0, cipher, (ulong)cipher.Length, associated, (ulong)associated.Length, nonce, key) == 0 ? message : null;
    }

    /// <summary>A sealed box that only the owner of the key pair opens; null for a public key that is not one (of low order).</summary>
    public static byte[]? Seal(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> message)
    {
        Initialise();
        var box = new byte[message.Length + SealBytes];
        return Seal(box, message, (ulong)message.Length, publicKey) == 0 ? box : null;
    }

    private static void Initialise()
    {
        // 0: done, 1: was done before, -1: failed.
        if (SodiumInit() < 0)
            throw new InvalidOperationException("libsodium found no source of randomness.");
    }

    [LibraryImport(Library, EntryPoint = "sodium_init")]
    private static partial int SodiumInit();

    [LibraryImport(Library, EntryPoint = "crypto_aead_xchacha20poly1305_ietf_encrypt")]
    private static partial int Encrypt(
        Span<byte> cipher, out ulong cipherLength, ReadOnlySpan<byte> message, ulong messageLength,
        ReadOnlySpan<byte> associated, ulong associatedLength, nint nothing, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> key);

    [LibraryImport(Library, EntryPoint = "crypto_aead_xchacha20poly1305_ietf_decrypt")]
    private static partial int Decrypt(
        Span<byte> message, out ulong messageLength, nint nothing, ReadOnlySpan<byte> cipher, ulong cipherLength,
        ReadOnlySpan<byte> associated, ulong associatedLength, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> key);

    [LibraryImport(Library, EntryPoint = "crypto_box_seal")]
    private static partial int Seal(Span<byte> box, ReadOnlySpan<byte> message, ulong messageLength, ReadOnlySpan<byte> publicKey);
}
