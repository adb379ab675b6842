namespace BackupOnline.Agent.Hypervisors;

/// <summary>A disk as the preflight finds it.</summary>
/// <param name="Size">Bytes.</param>
/// <param name="Format">As the hypervisor names it: qcow2, raw, vhdx.</param>
internal sealed record PreflightDisk(string DiskId, long Size, string Format, ChangeTracking Tracking);
