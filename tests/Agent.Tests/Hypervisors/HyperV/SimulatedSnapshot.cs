namespace BackupOnline.Agent.Tests.Hypervisors.HyperV;

/// <summary>A checkpoint: for each disk the file that no longer changes, and the time of the last write in it.</summary>
internal sealed record SimulatedSnapshot(string Id, string Type, string Name, long Tick, IReadOnlyList<(SimulatedDisk Disk, string Path)> Files);
