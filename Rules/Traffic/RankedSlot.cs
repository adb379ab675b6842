namespace BackupOnline.Rules.Traffic;

/// <summary>A slot with the bytes that count in it.</summary>
public readonly record struct RankedSlot(long Slot, long Bytes);
