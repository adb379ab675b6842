namespace BackupOnline.Agent.Hypervisors.Qemu;

/// <summary>What a point is about to do to a machine, written down before: whoever finds it later undoes it.</summary>
/// <param name="Files">Files that are made: scratch and socket.</param>
internal sealed record QemuIntent(string Epoch, IReadOnlyList<QemuJournalDisk> Disks, IReadOnlyList<string> Files);
