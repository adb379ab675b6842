namespace BackupOnline.Rules.Traffic;

/// <summary>What a job would cost if it were sent in one way.</summary>
/// <param name="Credits">Slots of this month above the limit.</param>
/// <param name="LastSlot">The slot in which its last byte would go.</param>
/// <param name="Month">How the month would end with it.</param>
public sealed record PacingJobOutlook(int Credits, long LastSlot, PacingMonthOutlook Month);
