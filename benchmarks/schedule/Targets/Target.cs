using BackupOnline.Grains.Interfaces.Schedules;

namespace BackupOnline.Schedule.Targets;

/// <summary>The target of a schedule, and the call that the other schedulers' jobs make of it.</summary>
public static class Target
{
    public static GrainId Of(string schedule) => GrainId.Create("bench-target", $"bench/{schedule}");

    public static Task<FiringOutcome> FireAsync(IGrainFactory grains, string schedule, DateTimeOffset due, CancellationToken cancellation) =>
        grains.GetGrain<IScheduledGrain>(Of(schedule)).FireAsync(new() { Schedule = schedule, Kind = "bench.run", DueAt = due, Attempt = 1 }, cancellation);
}
