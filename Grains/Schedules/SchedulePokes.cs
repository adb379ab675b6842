using BackupOnline.Grains.Interfaces.Names;
using BackupOnline.Persistence.Schedules;
using BackupOnline.Persistence.Storage;
using Microsoft.Extensions.Options;

namespace BackupOnline.Grains.Schedules;

/// <summary>
/// Tells partitions of rows that are due before their next look. One per silo: whatever its grains write within a moment becomes one poke per partition,
/// and what is due later costs nothing, since the look finds it in time.
/// </summary>
internal sealed class SchedulePokes : IDisposable
{
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(10);

    private readonly Lock gate = new();
    private readonly Dictionary<int, DateTimeOffset> waiting = [];
    private readonly IGrainFactory grains;
    private readonly TimeProvider clock;
    private readonly TimeSpan horizon;
    private readonly ITimer timer;

    public SchedulePokes(IGrainFactory grains, TimeProvider clock, IOptions<ScheduleOptions> options)
    {
        this.grains = grains;
        this.clock = clock;
        horizon = options.Value.LookEvery;

        // The context of whoever writes first is none of the timer's business.
        using var _ = ExecutionContext.SuppressFlow();
        timer = clock.CreateTimer(self => ((SchedulePokes)self!).Poke(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>These rows were written.</summary>
    public void Written(IReadOnlyList<ScheduleRow> rows)
    {
        var soon = clock.GetUtcNow() + horizon;
        lock (gate)
        {
            var first = waiting.Count == 0;
            foreach (var row in rows)
            {
                if (row.NextDue is not { } due || due > soon) continue;
                var partition = SchedulePartitions.Of(row.Id);
                if (!waiting.TryGetValue(partition, out var known) || due < known) waiting[partition] = due;
            }

            if (first && waiting.Count > 0) timer.Change(Moment, Timeout.InfiniteTimeSpan);
        }
    }

    public void Dispose() => timer.Dispose();

    private void Poke()
    {
        KeyValuePair<int, DateTimeOffset>[] due;
        lock (gate)
        {
            due = [.. waiting];
            waiting.Clear();
        }

        foreach (var (partition, at) in due)
        {
            grains.Get(new SchedulePartitionKey(partition)).PokeAsync(at).Ignore();
        }
    }
}
