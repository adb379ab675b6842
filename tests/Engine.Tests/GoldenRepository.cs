using System.Formats.Tar;
using System.IO.Compression;

namespace BackupOnline.Engine.Tests;

/// <summary>The repository under <c>tests/fixtures/restic-0.14</c>, unpacked into a folder of the test's own.</summary>
internal static class GoldenRepository
{
    public const string Password = "golden-password";
    public const string SecondPassword = "second-password";

    public static string Unpack(TempFolder folder)
    {
        using var file = File.OpenRead(Path.Combine(Checkout(), "tests", "fixtures", "restic-0.14", "golden.tar.gz"));
        using var plain = new GZipStream(file, CompressionMode.Decompress);
        TarFile.ExtractToDirectory(plain, folder.Path, overwriteFiles: false);
        return folder["repo"];
    }

    private static string Checkout()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "BackupOnline.sln")))
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The tests do not run inside a checkout.");
        return folder;
    }
}
