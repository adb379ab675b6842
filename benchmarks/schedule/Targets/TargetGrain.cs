using BackupOnline.Grains.Interfaces.Schedules;

namespace BackupOnline.Schedule.Targets;

/// <summary>What every contender's firing calls: one grain for each schedule, which notes that it was started.</summary>
[GrainType("bench-target")]
public sealed class TargetGrain(Starts starts) : Grain, IScheduledGrain
{
    public Task<FiringOutcome> FireAsync(ScheduleFiring firing, CancellationToken cancellation)
    {
        starts.Note(firing);
        return Task.FromResult(FiringOutcome.Done);
    }
}
