namespace BackupOnline.Agent.Lines;

/// <summary>Bytes of one disk in one run.</summary>
internal sealed record PointTrafficPart(string Disk, long BytesChanged, long BytesRead);
