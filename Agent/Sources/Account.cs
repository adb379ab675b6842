using System.Runtime.InteropServices;

namespace BackupOnline.Agent.Sources;

/// <summary>Who runs the agent, and on which machine, as restic records them.</summary>
internal static partial class Account
{
    public static uint Uid => OperatingSystem.IsWindows() ? 0 : GetUserId();

    public static uint Gid => OperatingSystem.IsWindows() ? 0 : GetGroupId();

    public static string UserName => Environment.UserName;

    /// <summary>The kernel's host name, whole: Environment.MachineName cuts it at the first dot, and snapshots of restic on this machine would not be found as parents.</summary>
    public static string HostName
    {
        get
        {
            try
            {
                return OperatingSystem.IsLinux() ? File.ReadAllText("/proc/sys/kernel/hostname").Trim() : Environment.MachineName;
            }
            catch (IOException)
            {
                return Environment.MachineName;
            }
        }
    }

    [LibraryImport("libc", EntryPoint = "getuid")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial uint GetUserId();

    [LibraryImport("libc", EntryPoint = "getgid")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial uint GetGroupId();
}
