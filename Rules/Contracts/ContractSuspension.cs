using NodaTime;

namespace BackupOnline.Rules.Contracts;

/// <summary>The service is suspended since <paramref name="At"/>; the term runs on.</summary>
public sealed record ContractSuspension(Instant At, string By, string Reason);
