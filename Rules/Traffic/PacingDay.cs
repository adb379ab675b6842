namespace BackupOnline.Rules.Traffic;

/// <summary>A later day's backup, as the forecast sees it.</summary>
/// <param name="Bytes">Expected bytes, without margin, 0 or more.</param>
/// <param name="FromSlot">The slot in which it begins; it has 288 slots from there.</param>
public readonly record struct PacingDay(long Bytes, long FromSlot);
