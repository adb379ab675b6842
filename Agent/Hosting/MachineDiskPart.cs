namespace BackupOnline.Agent.Hosting;

/// <summary>A disk of a machine. Size in bytes; tracking: persistent, volatile, none or notSnapshottable.</summary>
internal sealed record MachineDiskPart(string Id, long Size, string Format, string Tracking);
