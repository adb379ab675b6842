using System.Diagnostics;
using System.Runtime.InteropServices;

namespace BackupOnline.Engine.Locks;

/// <summary>What this machine knows of processes: who we are, and whether the holder of a lock still lives.</summary>
internal static partial class LocalProcess
{
    /// <summary>0 on Windows, as Go has it.</summary>
    public static uint Uid => OperatingSystem.IsWindows() ? 0 : EffectiveUid();

    public static uint Gid => OperatingSystem.IsWindows() ? 0 : EffectiveGid();

    /// <summary>False when there is no such process, or only the remains of one that its parent has not buried yet.</summary>
    public static bool IsAlive(int pid)
    {
        if (pid <= 0)
            return false;
        if (OperatingSystem.IsLinux())
            return IsAliveByProc(pid);
        try
        {
            using var process = Process.GetProcessById(pid);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
        catch (Exception e) when (e is InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            return true; // It is there, and another user's.
        }
    }

    private static bool IsAliveByProc(int pid)
    {
        try
        {
            // "pid (name) S ...": the name may hold anything, so the state is found from the right.
            var stat = File.ReadAllText($"/proc/{pid}/stat");
            var state = stat.LastIndexOf(')') + 2;
            return state >= stat.Length || stat[state] is not ('Z' or 'X' or 'x');
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return false;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Directory.Exists($"/proc/{pid}");
        }
    }

    [LibraryImport("libc", EntryPoint = "geteuid")]
    private static partial uint EffectiveUid();

    [LibraryImport("libc", EntryPoint = "getegid")]
    private static partial uint EffectiveGid();
}
