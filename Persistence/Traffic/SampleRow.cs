namespace BackupOnline.Persistence.Traffic;

/// <summary>One node's bytes of a tenant in one slot, within one boot.</summary>
public readonly record struct SampleRow(int Slot, string Node, string Boot, long InBytes, long OutBytes);
