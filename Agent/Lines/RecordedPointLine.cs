using BackupOnline.Agent.Points;

namespace BackupOnline.Agent.Lines;

/// <summary>A recovery point of the repository for programs.</summary>
internal sealed record RecordedPointLine(string MessageType, string SnapshotId, PointDescription Point);
