namespace BackupOnline.Agent.PointFiles;

/// <summary>Something on a volume cannot be read; the message is the tool's own.</summary>
internal sealed class VolumeException(string message) : Exception(message);
