using NodaTime;

namespace BackupOnline.Rules.VirtualMachines;

/// <summary>A disk as the choice of audits sees it.</summary>
/// <param name="Disk">The disk's id.</param>
/// <param name="AuditedAt">When its change tracking was last compared with the truth, or null when never.</param>
public sealed record VmDiskAudit(string Disk, Instant? AuditedAt);
