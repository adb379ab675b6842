using System.ComponentModel;
using System.Runtime.InteropServices;

namespace BackupOnline.StorageNode.Disks;

/// <summary>Makes changes of folders survive a power cut; the BCL can flush a file, but not a folder.</summary>
internal static partial class Durable
{
    // O_RDONLY | O_DIRECTORY | O_CLOEXEC on Linux.
    private const int OpenFolder = 0x10000 | 0x80000;

    /// <summary>Creates a folder and its missing parents; each new entry is flushed in its parent.</summary>
    public static void CreateFolder(string folder)
    {
        if (Directory.Exists(folder))
            return;

        var parent = Path.GetDirectoryName(folder) ?? throw new ArgumentException("A root cannot be created.", nameof(folder));
        CreateFolder(parent);
        Directory.CreateDirectory(folder);
        FlushFolder(parent);
    }

    /// <summary>Writes a small file so that either the old or the new content is there at any instant.</summary>
    public static void WriteSmall(string path, ReadOnlySpan<byte> bytes)
    {
        var folder = Path.GetDirectoryName(path)!;
        var temporary = $"{path}.new";
        using (var file = File.OpenHandle(temporary, FileMode.Create, FileAccess.Write))
        {
            RandomAccess.Write(file, bytes, 0);
            RandomAccess.FlushToDisk(file);
        }

        File.Move(temporary, path, overwrite: true);
        FlushFolder(folder);
    }

    public static void FlushFolder(string folder)
    {
        // NTFS journals its folders; there is no call to make.
        if (OperatingSystem.IsWindows())
            return;

        var descriptor = Open(folder, OpenFolder);
        if (descriptor < 0)
            throw Failure(folder);

        try
        {
            if (Sync(descriptor) != 0)
                throw Failure(folder);
        }
        finally
        {
            _ = Close(descriptor);
        }
    }

    private static IOException Failure(string folder)
    {
        var error = Marshal.GetLastPInvokeError();
        return new IOException($"Folder '{folder}' cannot be flushed: {new Win32Exception(error).Message}", error);
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Sync(int descriptor);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int descriptor);
}
