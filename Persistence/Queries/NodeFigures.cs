namespace BackupOnline.Persistence.Queries;

/// <summary>One storage node as it last told of itself.</summary>
public sealed record NodeFigures(string Node, long CapacityBytes, long FreeBytes, DateTimeOffset LastSeenAt);
