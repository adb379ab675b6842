using BackupOnline.Agent.BootTests;

namespace BackupOnline.Agent.PointFiles;

/// <summary>Volumes of a point, and the tool for each kind.</summary>
internal static class VolumeFiles
{
    /// <summary>Every partition of every disk, and disks that have none.</summary>
    public static async Task<IReadOnlyList<PointVolume>> FindAsync(PointDisks disks, CancellationToken cancellation)
    {
        var volumes = new List<PointVolume>();
        for (var number = 0; number < disks.Images.Count; number++)
        {
            var image = disks.Images[number];
            var whole = new Partition(0, 0, image.Size);
            var parts = await PartitionTable.ReadAsync(image, cancellation);

            // The boot sector of a file system looks like a partition table: what the disk says of itself as a whole goes before.
            if (parts.Count == 0 || await FileSystemKind.OfAsync(image, whole, cancellation) is not null)
                parts = [whole];
            foreach (var part in parts)
                volumes.Add(new PointVolume(number, disks.Names[number], part, await FileSystemKind.OfAsync(image, part, cancellation)));
        }

        return volumes;
    }

    public static IVolumeTool ToolFor(PointVolume volume) => volume.Kind == FileSystemKind.Ntfs ? new NtfsTool() : new ExtTool();
}
