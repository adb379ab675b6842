namespace BackupOnline.Persistence.Queries;

/// <summary>One vault in numbers. <paramref name="QuotaBytes"/> null: no quota. <paramref name="LastSnapshotAt"/> null: no backup has ever arrived.</summary>
public sealed record VaultFigures(string Tenant, string Vault, string Node, long StoredBytes, long? QuotaBytes, long SnapshotsArrived, DateTimeOffset? LastSnapshotAt);
