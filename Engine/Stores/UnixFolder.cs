using System.Runtime.InteropServices;

namespace BackupOnline.Engine.Stores;

/// <summary>What .NET lacks: making a folder's entries durable.</summary>
internal static partial class UnixFolder
{
    // The one flag whose value is the same on all processors that we run on; O_DIRECTORY's is not.
    private const int CloseOnExec = 0x80000;

    /// <summary>fsync of a folder, after which a rename in it survives a power cut. Windows journals renames itself: nothing is done there.</summary>
    public static void Sync(string folder)
    {
        if (!OperatingSystem.IsLinux())
            return;
        var descriptor = Open(folder, CloseOnExec);
        if (descriptor < 0)
            throw new IOException($"The folder {folder} cannot be opened: error {Marshal.GetLastPInvokeError()}.");
        try
        {
            // Some network and FUSE file systems have no fsync for folders (EINVAL): nothing more can be done there.
            if (Fsync(descriptor) != 0 && Marshal.GetLastPInvokeError() is not (22 or 95))
                throw new IOException($"The folder {folder} cannot be made durable: error {Marshal.GetLastPInvokeError()}.");
        }
        finally
        {
            _ = Close(descriptor);
        }
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Fsync(int descriptor);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int descriptor);
}
