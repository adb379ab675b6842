namespace BackupOnline.Persistence.Queries;

/// <summary>How many snapshots have ever arrived in a vault, and when the newest did, by the shelf's clock.</summary>
public sealed record ArrivalSummary(long Count, DateTimeOffset? LatestAt);
