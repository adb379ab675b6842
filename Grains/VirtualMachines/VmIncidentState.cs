namespace BackupOnline.Grains.VirtualMachines;

/// <summary>An open incident; its words are made where it is shown.</summary>
/// <param name="Detail">The day or the disk that it is about.</param>
internal sealed record VmIncidentState(string Kind, string Cause, DateTimeOffset Since, string? Detail);
