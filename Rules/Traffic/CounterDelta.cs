namespace BackupOnline.Rules.Traffic;

/// <summary>Bytes between two readings of a counter, and how they were found.</summary>
public readonly record struct CounterDelta(long Bytes, CounterKind Kind);
