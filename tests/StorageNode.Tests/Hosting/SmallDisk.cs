using System.Diagnostics;

namespace BackupOnline.StorageNode.Tests.Hosting;

/// <summary>A tmpfs of a few MiB: a disk that can be filled. Skips the test where mounting is not permitted.</summary>
internal sealed class SmallDisk : IDisposable
{
    private SmallDisk(string folder) => Folder = folder;

    public string Folder { get; }

    public static SmallDisk Mount(int mebibytes)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "needs tmpfs");
        var folder = Directory.CreateTempSubdirectory("disk-").FullName;
        if (Run("mount", "-t", "tmpfs", "-o", $"size={mebibytes}m", "tmpfs", folder) != 0)
        {
            Directory.Delete(folder);
            Assert.Skip("mounting a tmpfs is not permitted here");
        }

        return new(folder);
    }

    /// <summary>Takes every byte that is left.</summary>
    public void Fill()
    {
        using var filler = new FileStream(Path.Combine(Folder, "filler"), FileMode.Append, FileAccess.Write, FileShare.None, 1);
        foreach (var size in (int[])[1 << 20, 4096, 1])
        {
            try
            {
                for (var piece = new byte[size]; ;)
                    filler.Write(piece);
            }
            catch (IOException)
            {
                // Full for pieces of this size.
            }
        }
    }

    /// <summary>Nothing can be written below this folder, as on a disk that is failing.</summary>
    public static void MakeReadOnly(string folder) => Assert.Equal(0, Run("mount", "-t", "tmpfs", "-o", "ro", "tmpfs", folder));

    public static void MakeWritable(string folder) => Assert.Equal(0, Run("umount", folder));

    public void Empty() => File.Delete(Path.Combine(Folder, "filler"));

    public void Dispose()
    {
        Run("umount", Folder);
        Directory.Delete(Folder);
    }

    private static int Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode;
    }
}
