namespace BackupOnline.Agent.Hypervisors.Qemu;

/// <summary>A disk in a machine's description.</summary>
/// <param name="Size">Bytes.</param>
/// <param name="Format">That it had on its host.</param>
internal sealed record QemuDescribedDisk(string Id, long Size, string Format);
