using System.Security.Cryptography;
using System.Text;

namespace BackupOnline.Agent.Hypervisors.Qemu;

/// <summary>Names of what the driver puts into a running QEMU: all begin with our prefix, and what does not is never touched. A node's name has at most 31 characters.</summary>
internal static class QemuNames
{
    public const string Prefix = Epoch.Prefix;

    /// <summary>Node that passes everything on: what the device looks at while a point is open, so that all disks change over in one command.</summary>
    public static string Top(string diskId) => Node(diskId, "top");

    /// <summary>Filter that saves old contents before they are overwritten.</summary>
    public static string Filter(string diskId) => Node(diskId, "cbw");

    /// <summary>The disk as it was at the point.</summary>
    public static string Snapshot(string diskId) => Node(diskId, "snap");

    /// <summary>Where old contents go, qcow2.</summary>
    public static string Scratch(string diskId) => Node(diskId, "scratch");

    /// <summary>Under the scratch: refuses to grow beyond the budget.</summary>
    public static string Limit(string diskId) => Node(diskId, "limit");

    public static string Export(string diskId) => Node(diskId, "nbd");

    public static string ScratchFile(Epoch epoch, string diskId) => $"{epoch}-{Digest(diskId)}.scratch";

    public static string Socket(Epoch epoch) => $"{epoch}.nbd";

    /// <summary>A bitmap belongs to one epoch of one disk: images that were exchanged between two disks bring none that fits.</summary>
    public static string Bitmap(Epoch epoch, string diskId) => $"{epoch}.{Digest(diskId)}";

    /// <summary>First 8 hexadecimal digits of SHA-256.</summary>
    public static string Digest(string diskId) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(diskId)))[..8];

    private static string Node(string diskId, string role) => $"{Prefix}{Digest(diskId)}-{role}";
}
