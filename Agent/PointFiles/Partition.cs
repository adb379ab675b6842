namespace BackupOnline.Agent.PointFiles;

/// <summary>A part of a disk.</summary>
/// <param name="Number">As the guest counts: from 1, logical ones of an MBR from 5; 0 for a disk without partitions.</param>
/// <param name="Offset">Bytes from the disk's beginning.</param>
/// <param name="Length">Bytes.</param>
internal readonly record struct Partition(int Number, long Offset, long Length);
