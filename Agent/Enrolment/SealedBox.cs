using System.Runtime.InteropServices;

namespace BackupOnline.Agent.Enrolment;

/// <summary>Opens what the service sealed for this host alone: libsodium's sealed box to the key pair of <see cref="HostKeyPair"/> (decision 19).</summary>
internal static partial class SealedBox
{
    private const int KeyBytes = 32;

    /// <summary>crypto_box_SEALBYTES: an ephemeral public key and a tag.</summary>
    private const int Overhead = 48;

    /// <summary>Null when it was not sealed for this key, or was changed.</summary>
    public static byte[]? Open(byte[] box, string publicKey, string privateKey)
    {
        var (own, secret) = (Convert.FromBase64String(publicKey), Convert.FromBase64String(privateKey));
        if (box.Length < Overhead || own.Length != KeyBytes || secret.Length != KeyBytes)
            return null;
        HostKeyPair.StartSodium();
        var plain = new byte[box.Length - Overhead];
        return CryptoBoxSealOpen(plain, box, (ulong)box.Length, own, secret) == 0 ? plain : null;
    }

    [LibraryImport("libsodium", EntryPoint = "crypto_box_seal_open")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.AssemblyDirectory | DllImportSearchPath.SafeDirectories)]
    private static partial int CryptoBoxSealOpen([Out] byte[] plain, byte[] box, ulong boxLength, byte[] publicKey, byte[] privateKey);
}
