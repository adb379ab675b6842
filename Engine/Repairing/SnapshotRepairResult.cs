using BackupOnline.Engine.Ids;

namespace BackupOnline.Engine.Repairing;

/// <summary>What became of one snapshot.</summary>
/// <param name="State">How it was.</param>
/// <param name="Copy">The repaired copy; null for one that was whole, that could not be read at all, or in a dry run.</param>
public sealed record SnapshotRepairResult(SnapshotState State, ObjectId? Copy);
