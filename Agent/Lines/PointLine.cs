using BackupOnline.Agent.Points;

namespace BackupOnline.Agent.Lines;

/// <summary>A recovery point for programs.</summary>
internal sealed record PointLine(string MessageType, string SnapshotId, PointDescription Point, IReadOnlyList<PointTrafficPart> Traffic, IReadOnlyList<string> PutRight, string? NotCommitted)
{
    public static PointLine Of(PointOutcome outcome) => new(
        "point",
        outcome.Snapshot.Id.ToString(),
        outcome.Description,
        [.. outcome.Traffic.Select(disk => new PointTrafficPart(disk.Key, disk.Value.Changed, disk.Value.Read))],
        outcome.Put,
        outcome.NotCommitted);
}
