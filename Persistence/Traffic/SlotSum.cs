namespace BackupOnline.Persistence.Traffic;

/// <summary>A tenant's bytes in one slot over all nodes and boots.</summary>
public readonly record struct SlotSum(int Slot, long InBytes, long OutBytes);
