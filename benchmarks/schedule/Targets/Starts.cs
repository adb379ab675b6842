using System.Collections.Concurrent;
using BackupOnline.Grains.Interfaces.Schedules;

namespace BackupOnline.Schedule.Targets;

/// <summary>When which schedule of the present crowd was started.</summary>
public sealed class Starts(TimeProvider clock)
{
    private readonly ConcurrentDictionary<string, TimeSpan> lags = new();
    private TaskCompletionSource complete = new();
    private DateTimeOffset due;
    private int expected;
    private int again;
    private int started;

    public void Expect(int crowd, DateTimeOffset dueAt)
    {
        lags.Clear();
        (expected, due, again, started) = (crowd, dueAt, 0, 0);
        complete = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    public void Note(ScheduleFiring firing)
    {
        var now = clock.GetUtcNow();
        if (firing.DueAt != due) return;
        if (!lags.TryAdd(firing.Schedule, now - due)) Interlocked.Increment(ref again);
        else if (Interlocked.Increment(ref started) == expected) complete.TrySetResult();
    }

    /// <summary>Waits until the whole crowd was started.</summary>
    public async Task CompleteAsync(string whose, TimeSpan patience)
    {
        try
        {
            await complete.Task.WaitAsync(patience, clock);
        }
        catch (TimeoutException)
        {
            throw new InvalidOperationException($"{whose} started {lags.Count} of {expected} within {patience}.");
        }
    }

    public CrowdResult Result(string name, TimeSpan recorded) => new(name, expected, [.. lags.Values.Order()], recorded, again);
}
