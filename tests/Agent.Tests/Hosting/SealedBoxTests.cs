using System.Runtime.InteropServices;
using System.Text;
using BackupOnline.Agent.Enrolment;

namespace BackupOnline.Agent.Tests.Hosting;

public sealed partial class SealedBoxTests
{
    [Fact]
    public void What_was_sealed_for_this_host_is_opened_and_nothing_else_is()
    {
        var (publicKey, privateKey) = HostKeyPair.Make();
        var box = Seal("the password é", publicKey);
        Assert.Equal("the password é", Encoding.UTF8.GetString(SealedBox.Open(box, publicKey, privateKey)!));

        var (otherPublic, otherPrivate) = HostKeyPair.Make();
        Assert.Null(SealedBox.Open(box, otherPublic, otherPrivate));
        box[^1] ^= 1;
        Assert.Null(SealedBox.Open(box, publicKey, privateKey));
        Assert.Null(SealedBox.Open(box[..40], publicKey, privateKey));
    }

    private static byte[] Seal(string text, string publicKey)
    {
        var plain = Encoding.UTF8.GetBytes(text);
        var box = new byte[plain.Length + 48];
        Assert.Equal(0, CryptoBoxSeal(box, plain, (ulong)plain.Length, Convert.FromBase64String(publicKey)));
        return box;
    }

    [LibraryImport("libsodium", EntryPoint = "crypto_box_seal")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.AssemblyDirectory | DllImportSearchPath.SafeDirectories)]
    private static partial int CryptoBoxSeal([Out] byte[] box, byte[] plain, ulong length, byte[] publicKey);
}
