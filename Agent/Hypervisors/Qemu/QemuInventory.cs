using System.Text.Json;

namespace BackupOnline.Agent.Hypervisors.Qemu;

/// <summary>Reads the disks of a machine out of QEMU's answers.</summary>
internal static class QemuInventory
{
    private const string Peripheral = "/machine/peripheral/";

    /// <param name="devices">Answer of query-block.</param>
    /// <param name="nodes">Answer of query-named-block-nodes.</param>
    /// <param name="typeOf">Type of a device by its path.</param>
    public static async Task<IReadOnlyList<QemuDisk>> ReadAsync(JsonElement devices, JsonElement nodes, Func<string, Task<string>> typeOf)
    {
        var byName = nodes.EnumerateArray().ToDictionary(node => node.GetProperty("node-name").GetString()!, StringComparer.Ordinal);
        var disks = new List<QemuDisk>();
        foreach (var device in devices.EnumerateArray())
        {
            // No device: a drive that nothing looks at. Nothing inserted: an empty tray.
            if (!device.TryGetProperty("qdev", out var path) || !device.TryGetProperty("inserted", out var inserted))
                continue;
            disks.Add(Read(device, path.GetString()!, inserted, byName, await typeOf(path.GetString()!)));
        }

        return [.. disks.OrderBy(disk => disk.DiskId, StringComparer.Ordinal)];
    }

    /// <summary>The id that a person gave the device, else the drive's, else the node's: never one that QEMU makes up anew at each start.</summary>
    public static string DiskIdOf(string device, string drive, string node, string file)
    {
        if (device.StartsWith(Peripheral, StringComparison.Ordinal))
            return device[Peripheral.Length..].Split('/')[0];
        if (drive.Length > 0 && drive[0] != '#')
            return drive;
        return node.Length > 0 && node[0] != '#' ? node : file;
    }

    private static QemuDisk Read(JsonElement device, string path, JsonElement inserted, Dictionary<string, JsonElement> nodes, string type)
    {
        var node = inserted.GetProperty("node-name").GetString()!;
        var image = inserted.GetProperty("image");
        var format = inserted.GetProperty("drv").GetString()!;
        var size = image.GetProperty("virtual-size").GetInt64();
        var diskId = DiskIdOf(path, device.GetProperty("device").GetString()!, node, inserted.GetProperty("file").GetString()!);
        var skip = type is "scsi-block" or "scsi-generic" ? "pass-through: the guest speaks with the device itself"
            : inserted.GetProperty("ro").GetBoolean() ? "read-only medium"
            : size == 0 || size % 512 != 0 ? "its size is not a multiple of 512 bytes"
            : null;
        var snapshots = image.TryGetProperty("snapshots", out var list) && list.GetArrayLength() > 0;
        return new QemuDisk(diskId, path, node, size, format, skip is null ? TrackingOf(format, image) : ChangeTracking.NotSnapshottable, snapshots, BitmapsOf(nodes[node]), skip);
    }

    // Only qcow2 of version 3 can store bitmaps; for all others they live as long as the process.
    private static ChangeTracking TrackingOf(string format, JsonElement image) =>
        format == "qcow2" && image.TryGetProperty("format-specific", out var specific) && specific.GetProperty("data").GetProperty("compat").GetString() != "0.10"
            ? ChangeTracking.Persistent
            : ChangeTracking.Volatile;

    private static List<QemuBitmap> BitmapsOf(JsonElement node) =>
        !node.TryGetProperty("dirty-bitmaps", out var bitmaps)
            ? []
            : [.. bitmaps.EnumerateArray().Where(bitmap => bitmap.TryGetProperty("name", out _)).Select(bitmap => new QemuBitmap(
                bitmap.GetProperty("name").GetString()!,
                bitmap.GetProperty("recording").GetBoolean(),
                bitmap.TryGetProperty("inconsistent", out var inconsistent) && inconsistent.GetBoolean()))];
}
