using System.Security.Cryptography;

namespace BackupOnline.Engine.Crypto;

/// <summary>scrypt (RFC 7914) by libcrypto, or by libsodium where that is absent.</summary>
internal static unsafe class Scrypt
{
    public static void Derive(ReadOnlySpan<byte> password, ReadOnlySpan<byte> salt, ScryptParameters cost, Span<byte> key)
    {
        if (LibCrypto.IsPresent)
            DeriveByLibCrypto(password, salt, cost, key);
        else
            DeriveByLibSodium(password, salt, cost, key);
    }

    internal static void DeriveByLibCrypto(ReadOnlySpan<byte> password, ReadOnlySpan<byte> salt, ScryptParameters cost, Span<byte> key)
    {
        // Room for the block of p lanes beside the big table.
        var maxMemory = cost.MemoryBytes + (128UL * cost.R * cost.P) + (1 << 20);
        fixed (byte* with = NotEmpty(password), seasoned = salt, to = key)
        {
            if (LibCrypto.EVP_PBE_scrypt(with, (nuint)password.Length, seasoned, (nuint)salt.Length, cost.N, cost.R, cost.P, maxMemory, to, (nuint)key.Length) != 1)
                throw new CryptographicException($"scrypt with N={cost.N}, r={cost.R}, p={cost.P} failed; it needs {cost.MemoryBytes >> 20} MiB of memory.");
        }
    }

    internal static void DeriveByLibSodium(ReadOnlySpan<byte> password, ReadOnlySpan<byte> salt, ScryptParameters cost, Span<byte> key)
    {
        if (LibSodium.sodium_init() < 0)
            throw new CryptographicException("libsodium could not be started.");
        fixed (byte* with = NotEmpty(password), seasoned = salt, to = key)
        {
            if (LibSodium.crypto_pwhash_scryptsalsa208sha256_ll(
                with, (nuint)password.Length, seasoned, (nuint)salt.Length, cost.N, cost.R, cost.P, to, (nuint)key.Length) != 0)
                throw new CryptographicException($"scrypt with N={cost.N}, r={cost.R}, p={cost.P} failed; it needs {cost.MemoryBytes >> 20} MiB of memory.");
        }
    }

    // An empty span pins to a null pointer, which libcrypto takes for "no password at all".
    private static ReadOnlySpan<byte> NotEmpty(ReadOnlySpan<byte> password) => password.IsEmpty ? [0] : password;
}
