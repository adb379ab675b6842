namespace BackupOnline.Grains.Interfaces.Schedules;

/// <summary>
/// A grain that a schedule wakes. A firing is delivered at least once: what it does must be idempotent by (schedule, due instant).
/// Which grain a row wakes stands in the row as the grain's full id (design decision 23).
/// </summary>
[Alias("bo.scheduled")]
public interface IScheduledGrain : IGrainWithStringKey
{
    [Alias("fire")]
    Task<FiringOutcome> FireAsync(ScheduleFiring firing, CancellationToken cancellation);
}
