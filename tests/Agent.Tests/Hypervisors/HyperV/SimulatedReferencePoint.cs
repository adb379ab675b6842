namespace BackupOnline.Agent.Tests.Hypervisors.HyperV;

/// <summary>An instant from which changes are counted, with one tracking identifier for each disk.</summary>
internal sealed record SimulatedReferencePoint(string Id, long Tick, IReadOnlyList<(SimulatedDisk Disk, string Tracking)> Disks);
