namespace BackupOnline.Agent.Points;

/// <summary>A snapshot that cannot be used as a recovery point; the message says which and why.</summary>
internal sealed class PointUnreadableException(string message, Exception? inner = null) : Exception(message, inner);
