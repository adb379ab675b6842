using System.Collections.Concurrent;
using BackupOnline.Grains.Interfaces.Schedules;

namespace BackupOnline.Grains.Tests.Schedules;

/// <summary>What a test's targets were told, and what they are to do.</summary>
public static class Probe
{
    private static readonly ConcurrentDictionary<string, ConcurrentQueue<ScheduleFiring>> Told = new();
    private static readonly ConcurrentDictionary<string, Func<ScheduleFiring, Task<FiringOutcome>>> Behaviours = new();

    public static IReadOnlyCollection<ScheduleFiring> Of(string schedule) => Told.TryGetValue(schedule, out var firings) ? firings : [];

    public static void Behave(string schedule, Func<ScheduleFiring, Task<FiringOutcome>> behaviour) => Behaviours[schedule] = behaviour;

    public static Task<FiringOutcome> FireAsync(ScheduleFiring firing)
    {
        Told.GetOrAdd(firing.Schedule, _ => new()).Enqueue(firing);
        return Behaviours.TryGetValue(firing.Schedule, out var behaviour) ? behaviour(firing) : Task.FromResult(FiringOutcome.Done);
    }
}
