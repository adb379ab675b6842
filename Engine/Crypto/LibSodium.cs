using System.Runtime.InteropServices;

namespace BackupOnline.Engine.Crypto;

/// <summary>The functions of libsodium that stand in where libcrypto is absent. The library comes with the package of that name; the ahead-of-time compiled agent is linked with it.</summary>
internal static unsafe partial class LibSodium
{
    private const string Library = "libsodium";

    [LibraryImport(Library)]
    internal static partial int sodium_init();

    [LibraryImport(Library)]
    internal static partial nint sodium_version_string();

    [LibraryImport(Library)]
    internal static partial int crypto_onetimeauth_poly1305(byte* tag, byte* data, ulong length, byte* key);

    [LibraryImport(Library)]
    internal static partial int crypto_pwhash_scryptsalsa208sha256_ll(
        byte* password, nuint passwordLength, byte* salt, nuint saltLength, ulong n, uint r, uint p, byte* key, nuint keyLength);
}
