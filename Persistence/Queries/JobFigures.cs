namespace BackupOnline.Persistence.Queries;

/// <summary>How many runs of a kind stand at a status, both as the API words them; ever, as runs are never deleted.</summary>
public sealed record JobFigures(string Kind, string Status, long Count);
