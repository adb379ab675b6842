using System.Runtime.InteropServices;

namespace BackupOnline.Engine.Files;

/// <summary>What every use of <see cref="Libc"/> needs before and after.</summary>
internal static class LinuxGate
{
    public static void Require()
    {
        if (!OperatingSystem.IsLinux())
            throw new PlatformNotSupportedException("Reading and writing local files works on Linux only so far.");
    }

    /// <summary>The failure of the call just made.</summary>
    public static FileSystemException Failure(string operation) => new(operation, Marshal.GetLastPInvokeError());
}
