namespace BackupOnline.Agent.PointFiles;

/// <summary>A place of a point that may hold files.</summary>
/// <param name="Disk">Number of the disk, from 0.</param>
/// <param name="DiskName">Its file in the snapshot.</param>
/// <param name="Part">Where on the disk.</param>
/// <param name="Kind">As <see cref="FileSystemKind"/> tells it; null when it is not known.</param>
internal sealed record PointVolume(int Disk, string DiskName, Partition Part, string? Kind)
{
    /// <summary>As a person names it: <c>0</c> for a whole disk, <c>0:2</c> for a partition.</summary>
    public string Name => Part.Number == 0 ? $"{Disk}" : $"{Disk}:{Part.Number}";

    public bool CanBeRead => Kind is FileSystemKind.Ext or FileSystemKind.Ntfs;
}
