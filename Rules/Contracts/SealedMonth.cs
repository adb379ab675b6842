using BackupOnline.Rules.Availability;

namespace BackupOnline.Rules.Contracts;

/// <summary>A month's availability, sealed: it is never computed by other numbers than <paramref name="Sla"/>, whatever the policy becomes.</summary>
public sealed record SealedMonth(MonthAvailability Availability, string PolicyVersion, SlaPolicy Sla);
