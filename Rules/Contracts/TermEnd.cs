using NodaTime;

namespace BackupOnline.Rules.Contracts;

/// <summary>Where a period ends.</summary>
/// <param name="At">Exclusive: a local midnight, credits included.</param>
/// <param name="CreditSeconds">The credits that count for it, all since the first payment.</param>
public readonly record struct TermEnd(Instant At, long CreditSeconds);
