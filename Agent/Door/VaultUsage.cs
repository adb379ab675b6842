namespace BackupOnline.Agent.Door;

/// <summary>What a vault holds.</summary>
internal sealed record VaultUsage(string Name, long StoredBytes, long StoredObjects, long? QuotaBytes, DateTimeOffset? LastSnapshotAt);
