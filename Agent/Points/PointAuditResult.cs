namespace BackupOnline.Agent.Points;

/// <summary>What an audit of one disk found.</summary>
/// <param name="Disk">Id of the disk.</param>
/// <param name="Extents">How many were compared; 0 when everything had changed since the point.</param>
/// <param name="Bytes">Their length together.</param>
/// <param name="Mismatches">Offset and length of those that differ although the tracking says that they did not change.</param>
internal sealed record PointAuditResult(string Disk, int Extents, long Bytes, IReadOnlyList<(long Offset, long Length)> Mismatches);
