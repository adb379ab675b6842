namespace BackupOnline.StorageNode.Shaping;

/// <summary>What passed in one direction since the start, and for how long it was held altogether.</summary>
internal readonly record struct PaceUse(long Bytes, TimeSpan Held);
