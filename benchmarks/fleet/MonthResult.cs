using NodaTime;

namespace BackupOnline.Fleet;

/// <summary>A tenant's month: the larger of the two directions' percentiles, in bytes per slot.</summary>
public sealed record MonthResult(string Tenant, YearMonth Month, long PercentileBytes);
