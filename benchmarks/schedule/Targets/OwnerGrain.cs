using BackupOnline.Grains.Interfaces.Schedules;
using BackupOnline.Persistence.Storage;

namespace BackupOnline.Schedule.Targets;

[GrainType("bench-owner")]
public sealed class OwnerGrain([PersistentState("bench-owner.v1", RecordedStorage.Name)] IPersistentState<OwnerState> store) : Grain, IOwnerGrain
{
    public Task ScheduleAsync(string prefix, int first, int count, TimingSpec timing, DateTimeOffset due)
    {
        for (var number = first; number < first + count; number++)
        {
            var id = $"{prefix}-{number}";
            store.State.Schedules.Add(new() { Id = id, Target = Target.Of(id), Kind = "bench.run", Scope = "bench", Timing = timing, NextDue = due });
        }

        store.State.Count += count;
        return store.WriteStateAsync();
    }
}
