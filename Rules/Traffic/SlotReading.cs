namespace BackupOnline.Rules.Traffic;

/// <summary>A cumulative reading of one tenant's counter for one slot, from one life (boot) of one node.</summary>
public readonly record struct SlotReading(string Node, string Boot, long Slot, SlotBytes Bytes);
