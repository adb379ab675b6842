namespace BackupOnline.Images;

/// <summary>A machine's disk is not in its host's memory when the night's backup comes.</summary>
internal static class ColdCaches
{
    private const string Switch = "/proc/sys/vm/drop_caches";

    /// <summary>Whether this user may have the system forget what it read.</summary>
    public static bool CanBe => Environment.IsPrivilegedProcess && File.Exists(Switch);

    /// <summary>Writes what waits to be written, and forgets what was read. Where that takes more rights than there are, only the first.</summary>
    public static void Make()
    {
        Tool.Run("sync");
        if (CanBe)
            File.WriteAllText(Switch, "1");
    }
}
