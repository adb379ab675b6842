using NodaTime;

namespace BackupOnline.Rules.Contracts;

/// <summary>What the provider owes back, in hundredths.</summary>
public sealed record ContractRefund(long Cents, Instant DueBy, Instant? PaidAt = null, string? Reference = null);
