namespace BackupOnline.Persistence.Schedules;

/// <summary>Which schedules are wanted; null leaves a question open.</summary>
/// <param name="Scope">A tenant.</param>
/// <param name="Kind">The very kind, such as <c>contract.boundary</c>.</param>
/// <param name="TroubledAt">Those alone that fail in a row, or that were due two minutes before this instant and have not been fired.</param>
public readonly record struct ScheduleFilter(string? Scope, string? Kind, DateTimeOffset? TroubledAt);
