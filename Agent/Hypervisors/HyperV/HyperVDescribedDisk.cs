namespace BackupOnline.Agent.Hypervisors.HyperV;

/// <summary>Which disk of a point was which file in which place of the machine.</summary>
internal sealed record HyperVDescribedDisk(string DiskId, string Path, string Place);
