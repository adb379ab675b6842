namespace BackupOnline.Client.Cluster;

/// <summary>No silo answered in time.</summary>
internal sealed class ClusterUnavailableException(string message, Exception? inner = null) : Exception(message, inner);
