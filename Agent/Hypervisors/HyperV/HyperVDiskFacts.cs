namespace BackupOnline.Agent.Hypervisors.HyperV;

/// <summary>What virtdisk says of a disk file.</summary>
/// <param name="Size">Bytes of the virtual disk.</param>
/// <param name="SectorSize">Bytes: reads are multiples of it.</param>
/// <param name="Identity">The virtual disk's own, the same in every file of its chain; copies of a file share it.</param>
/// <param name="Format">vhdx, vhd or vhds.</param>
/// <param name="Tracked">Whether resilient change tracking is on.</param>
internal sealed record HyperVDiskFacts(long Size, int SectorSize, Guid Identity, string Format, bool Tracked);
