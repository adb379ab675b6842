namespace BackupOnline.Rules.Traffic;

/// <summary>Slots in a row with the same allowance.</summary>
/// <param name="FromSlot">First slot, inclusive.</param>
/// <param name="ToSlot">Exclusive.</param>
/// <param name="SlotBytes">The most that the tenant sends in each of them; for a slot that has begun, what may still be sent.</param>
public readonly record struct PacingSpan(long FromSlot, long ToSlot, PacingKind Kind, long SlotBytes);
