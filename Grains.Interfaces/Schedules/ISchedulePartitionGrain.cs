using Orleans.Concurrency;

namespace BackupOnline.Grains.Interfaces.Schedules;

/// <summary>Fires the schedules of one partition when they are due (design decisions 8 and 23). Keeps nothing itself: the schedules are rows. Key: <see cref="Names.SchedulePartitionKey"/>.</summary>
[Alias("bo.schedule.partition")]
public interface ISchedulePartitionGrain : IGrainWithStringKey
{
    /// <summary>Makes sure that the partition is at work; an answer is the proof.</summary>
    [AlwaysInterleave]
    [Alias("wake")]
    Task WakeAsync();

    /// <summary>A row of the partition is due at <paramref name="due"/>, earlier perhaps than it knows. A hint: its next look finds the row too.</summary>
    [AlwaysInterleave]
    [OneWay]
    [Alias("poke")]
    Task PokeAsync(DateTimeOffset due);
}
