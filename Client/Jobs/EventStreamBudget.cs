using System.Collections.Concurrent;

namespace BackupOnline.Client.Jobs;

/// <summary>Bounds open event streams, per key and in all: each holds a connection and a subscription.</summary>
internal sealed class EventStreamBudget
{
    public const int MostPerKey = 8;
    public const int MostInAll = 500;

    private readonly ConcurrentDictionary<string, int> open = new(StringComparer.Ordinal);
    private int all;

    /// <summary>False when there is no room; true must be followed by <see cref="Leave"/>.</summary>
    public bool TryEnter(string actor)
    {
        if (Interlocked.Increment(ref all) <= MostInAll && open.AddOrUpdate(actor, 1, (_, count) => count + 1) is var mine)
        {
            if (mine <= MostPerKey)
                return true;
            Leave(actor);
            return false;
        }
        Interlocked.Decrement(ref all);
        return false;
    }

    public void Leave(string actor)
    {
        Interlocked.Decrement(ref all);
        if (open.AddOrUpdate(actor, 0, (_, count) => count - 1) <= 0)
            open.TryRemove(new KeyValuePair<string, int>(actor, 0));
    }
}
