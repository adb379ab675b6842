using NodaTime;

namespace BackupOnline.Rules.Contracts;

/// <summary>Time that extends the paid term.</summary>
/// <param name="Month">The month whose unavailability it makes good.</param>
/// <param name="Seconds">Whole seconds.</param>
/// <param name="CountsFrom">The month's end, or the instant of a correction: it counts for ends at or after this.</param>
public readonly record struct TermCredit(YearMonth Month, long Seconds, Instant CountsFrom);
