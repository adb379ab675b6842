namespace BackupOnline.Agent.Hosting;

/// <summary>A disk of the point: from what it was read, and how much.</summary>
internal sealed record PointDiskPart(string Id, long Size, string Basis, string? Reason, string? Detail, long BytesRead, long BytesChanged);
