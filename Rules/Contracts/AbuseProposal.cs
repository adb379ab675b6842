using NodaTime;

namespace BackupOnline.Rules.Contracts;

/// <summary>The first person's word that the contract should end for abuse.</summary>
public sealed record AbuseProposal(Instant At, string By, string Reason);
