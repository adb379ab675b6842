using BackupOnline.Grains.Interfaces.Schedules;

namespace BackupOnline.Schedule.Targets;

/// <summary>An owner of schedules, as the product's grains are: its rows are written in the transaction of its state.</summary>
[Alias("bench.owner")]
public interface IOwnerGrain : IGrainWithStringKey
{
    /// <summary>Makes or changes <paramref name="count"/> daily schedules <c>{prefix}-{number}</c>, due first at <paramref name="due"/>.</summary>
    [Alias("schedule")]
    Task ScheduleAsync(string prefix, int first, int count, TimingSpec timing, DateTimeOffset due);
}
