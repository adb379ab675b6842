using BackupOnline.Grains.Interfaces.Schedules;

namespace BackupOnline.Grains.Tests.Schedules;

/// <summary>A target that does what the test says.</summary>
public sealed class ProbeGrain : Grain, IScheduledGrain
{
    public Task<FiringOutcome> FireAsync(ScheduleFiring firing, CancellationToken cancellation) => Probe.FireAsync(firing);
}
