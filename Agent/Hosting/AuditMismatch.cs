namespace BackupOnline.Agent.Hosting;

/// <summary>An extent that differs from the point although the tracking says that it did not change. Bytes.</summary>
internal sealed record AuditMismatch(long Offset, long Length);
