using NodaTime;

namespace BackupOnline.Rules.Contracts;

/// <summary>The data is gone, says the certificate.</summary>
public sealed record ContractErasure(Instant At, string By, string CertificateSha256);
