using System.Runtime.InteropServices;

namespace BackupOnline.StorageNode.Tests.Keys;

/// <summary>The receiver's side of a sealed box, with libsodium's own functions.</summary>
internal sealed partial class SealedBox
{
    private readonly byte[] _publicKey = new byte[32];
    private readonly byte[] _privateKey = new byte[32];

    public SealedBox() => Assert.Equal(0, MakePair(_publicKey, _privateKey));

    public string PublicKey => Convert.ToBase64String(_publicKey);

    /// <summary>Null when the box is not for this key.</summary>
    public string? Open(string sealedBox)
    {
        var box = Convert.FromBase64String(sealedBox);
        var clear = new byte[box.Length - 48];
        return Open(clear, box, (ulong)box.Length, _publicKey, _privateKey) == 0 ? System.Text.Encoding.UTF8.GetString(clear) : null;
    }

    [LibraryImport("libsodium", EntryPoint = "crypto_box_keypair")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.AssemblyDirectory | DllImportSearchPath.SafeDirectories)]
    private static partial int MakePair([Out] byte[] publicKey, [Out] byte[] privateKey);

    [LibraryImport("libsodium", EntryPoint = "crypto_box_seal_open")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.AssemblyDirectory | DllImportSearchPath.SafeDirectories)]
    private static partial int Open([Out] byte[] message, byte[] box, ulong length, byte[] publicKey, byte[] privateKey);
}
