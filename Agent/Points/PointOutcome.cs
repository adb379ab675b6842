using BackupOnline.Engine.Snapshots;

namespace BackupOnline.Agent.Points;

/// <summary>A point that is durable in the repository.</summary>
/// <param name="Put">What an earlier run had left behind and was put right first.</param>
/// <param name="Traffic">For each disk, by id: bytes that were looked at and bytes that were read.</param>
internal sealed record PointOutcome(Snapshot Snapshot, PointDescription Description, IReadOnlyList<string> Put, IReadOnlyDictionary<string, DiskTraffic> Traffic)
{
    /// <summary>Why the driver could not be told that the point is committed; the next run's reconciliation does it. Null when it was.</summary>
    public string? NotCommitted { get; init; }
}
