namespace BackupOnline.Agent.Hypervisors.Qemu;

/// <summary>A disk whose device is about to look at a node of ours.</summary>
internal sealed record QemuJournalDisk(string DiskId, string Device, string Node);
