using NodaTime;

namespace BackupOnline.Fleet;

/// <summary>A tenant and all that it will want to move, in order of time.</summary>
public sealed record TenantDemand(string Name, long SourceBytes, LocalDate Joined, IReadOnlyList<Work> Works);
