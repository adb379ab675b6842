using System.Net;
using System.Runtime.InteropServices;

namespace BackupOnline.Agent.Sources;

/// <summary>Who runs the agent, and on which machine, as restic records them.</summary>
internal static partial class Account
{
    public static uint Uid => OperatingSystem.IsWindows() ? 0 : GetUserId();

    public static uint Gid => OperatingSystem.IsWindows() ? 0 : GetGroupId();

    public static string UserName => Environment.UserName;

    /// <summary>The whole host name: Environment.MachineName cuts it at the first dot, and snapshots of restic on this machine would not be found as parents.</summary>
    public static string HostName => Dns.GetHostName();

    [LibraryImport("libc", EntryPoint = "getuid")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial uint GetUserId();

    [LibraryImport("libc", EntryPoint = "getgid")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial uint GetGroupId();
}
