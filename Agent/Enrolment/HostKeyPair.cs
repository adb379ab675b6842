using System.Runtime.InteropServices;

namespace BackupOnline.Agent.Enrolment;

/// <summary>Makes the X25519 key pair to which the service seals what is for this host alone, with libsodium's crypto_box_keypair.</summary>
internal static partial class HostKeyPair
{
    private const int KeyBytes = 32;

    public static (string PublicKey, string PrivateKey) Make()
    {
        StartSodium();
        var publicKey = new byte[KeyBytes];
        var privateKey = new byte[KeyBytes];
        if (CryptoBoxKeypair(publicKey, privateKey) != 0)
            throw new InvalidOperationException("libsodium made no key pair.");
        return (Convert.ToBase64String(publicKey), Convert.ToBase64String(privateKey));
    }

    /// <summary>Before any other call of libsodium; may be repeated.</summary>
    public static void StartSodium()
    {
        if (SodiumInit() < 0)
            throw new InvalidOperationException("libsodium found no source of randomness.");
    }

    // 0: done, 1: was done before, -1: failed.
    [LibraryImport("libsodium", EntryPoint = "sodium_init")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.AssemblyDirectory | DllImportSearchPath.SafeDirectories)]
    private static partial int SodiumInit();

    [LibraryImport("libsodium", EntryPoint = "crypto_box_keypair")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.AssemblyDirectory | DllImportSearchPath.SafeDirectories)]
    private static partial int CryptoBoxKeypair([Out] byte[] publicKey, [Out] byte[] privateKey);
}
