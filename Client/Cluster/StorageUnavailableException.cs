namespace BackupOnline.Client.Cluster;

/// <summary>A silo answered that its storage is away.</summary>
internal sealed class StorageUnavailableException(string message, Exception? inner = null) : Exception(message, inner);
