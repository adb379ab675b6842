using NodaTime;

namespace BackupOnline.Rules.Contracts;

/// <summary>What a later look at a sealed month credits on top of what it was credited with.</summary>
/// <param name="Seconds">More than 0.</param>
public sealed record MonthCorrection(YearMonth Month, long Seconds, Instant At, string Reason);
