using System.Text;

namespace BackupOnline.Agent.Sources;

/// <summary>The file systems of this machine as the agent sees them (Linux: proc(5), mountinfo; elsewhere: the drives).</summary>
internal sealed class MountTable(IReadOnlyList<MountPoint> mounts)
{
    public static MountTable OfThisMachine() => OperatingSystem.IsLinux()
        ? Parse(File.ReadLines("/proc/self/mountinfo", Encoding.UTF8))
        : new MountTable([.. DriveInfo.GetDrives().Select(drive => new MountPoint(drive.RootDirectory.FullName, KindOf(drive), drive.Name))]);

    public static MountTable Parse(IEnumerable<string> mountInfo)
    {
        var mounts = new List<MountPoint>();
        foreach (var line in mountInfo)
        {
            // 36 35 98:0 /mnt1 /mnt2 rw,noatime master:1 - ext3 /dev/root rw: the optional fields end with a lonely dash.
            var fields = line.Split(' ');
            var dash = Array.IndexOf(fields, "-", Math.Min(6, fields.Length));
            if (dash < 0 || dash + 2 >= fields.Length)
                continue;
            mounts.Add(new MountPoint(Unescape(fields[4]), fields[dash + 1], Unescape(fields[dash + 2])));
        }

        return new MountTable(mounts);
    }

    public IEnumerable<MountPoint> NetworkMounts => mounts.Where(NetworkFileSystem.Is);

    /// <summary>The file system that a real path (no symbolic links in it) lies on; of several on one point, the last one covers the others.</summary>
    public MountPoint? Holding(string path)
    {
        MountPoint? best = null;
        foreach (var mount in mounts)
        {
            if (IsAtOrBelow(path, mount.Path) && (best is null || mount.Path.Length >= best.Path.Length))
                best = mount;
        }

        return best;
    }

    /// <summary>Network file systems strictly below a folder, visible ones only.</summary>
    public IEnumerable<MountPoint> NetworkMountsBelow(string folder) => NetworkMounts
        .Where(mount => mount.Path != folder && IsAtOrBelow(mount.Path, folder) && Holding(mount.Path) == mount);

    public static bool IsAtOrBelow(string path, string folder) =>
        path.StartsWith(folder, StringComparison.Ordinal)
        && (path.Length == folder.Length || folder.EndsWith(System.IO.Path.DirectorySeparatorChar) || path[folder.Length] == System.IO.Path.DirectorySeparatorChar);

    private static string KindOf(DriveInfo drive) => drive.DriveType == DriveType.Network ? NetworkFileSystem.AnyDrive : drive.IsReady ? drive.DriveFormat : "";

    // Space, tab, newline and backslash are written as three octal digits.
    private static string Unescape(string field)
    {
        if (!field.Contains('\\'))
            return field;
        var text = new StringBuilder(field.Length);
        for (var at = 0; at < field.Length; at++)
        {
            if (field[at] == '\\' && at + 3 < field.Length && field.AsSpan(at + 1, 3).IndexOfAnyExceptInRange('0', '7') < 0)
            {
                text.Append((char)Convert.ToInt32(field.Substring(at + 1, 3), 8));
                at += 3;
            }
            else
            {
                text.Append(field[at]);
            }
        }

        return text.ToString();
    }
}
