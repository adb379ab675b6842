namespace BackupOnline.StorageNode.Shaping;

/// <summary>What one direction of one tenant's connection passes through: the tenant's rate, then its turn on the node's link.</summary>
internal sealed class Lane(PaceLane pace, FairLink? link, FairFlow flow, TimeProvider clock)
{
    // Shorter waits than a timer can keep stay debts: they are paid with the next ones.
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(1);

    /// <summary>Pays without waiting; false, and nothing paid, when there would be a wait.</summary>
    public bool TryPass(int bytes)
    {
        if (link is not null || !pace.IsFree)
            return false;

        pace.Take(bytes);
        return true;
    }

    public ValueTask PassAsync(int bytes, double weight)
    {
        var wait = pace.Take(bytes);
        return wait < Shortest && link is null ? ValueTask.CompletedTask : new(WaitAsync(wait, bytes, weight));
    }

    /// <summary>For bytes that have passed already.</summary>
    public void Charge(int bytes) => pace.Take(bytes);

    private async Task WaitAsync(TimeSpan wait, int bytes, double weight)
    {
        if (wait >= Shortest)
            await Task.Delay(wait, clock);

        if (link is null)
            return;

        try
        {
            await link.PassAsync(flow, bytes, weight).WaitAsync(Gcra.LongestHold, clock);
        }
        catch (TimeoutException)
        {
            // Held long enough: slow is slow, but never dead. The piece keeps its place in the order, where it is paid.
        }
    }
}
