namespace BackupOnline.Agent.PointFiles;

/// <summary>An entry of a folder on a volume.</summary>
/// <param name="Type">Of what kind.</param>
/// <param name="Size">Bytes; null where the tool does not tell.</param>
internal sealed record PointFile(string Name, PointFileType Type, long? Size);
