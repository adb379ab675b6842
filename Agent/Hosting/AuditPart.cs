namespace BackupOnline.Agent.Hosting;

/// <summary>What an audit of change tracking found.</summary>
/// <param name="Disk">Id of the disk.</param>
/// <param name="Extents">How many were compared.</param>
/// <param name="Bytes">Their length together.</param>
internal sealed record AuditPart(string Disk, int Extents, long Bytes, IReadOnlyList<AuditMismatch> Mismatches);
