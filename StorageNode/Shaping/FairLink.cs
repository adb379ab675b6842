namespace BackupOnline.StorageNode.Shaping;

/// <summary>One direction of the node's own link, shared among tenants by <see cref="FairOrder{T}"/> as fast as the link goes.</summary>
internal sealed class FairLink(TimeProvider clock, long bitsPerSecond)
{
    private readonly Lock _lock = new();
    private readonly FairOrder<(TaskCompletionSource Turn, int Bytes)> _order = new();
    private readonly Gcra _gate = new(clock.TimestampFrequency);
    private bool _isServing;

    /// <summary>Completes when it is this piece's turn.</summary>
    public Task PassAsync(FairFlow flow, int bytes, double weight)
    {
        var turn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            _order.Add(flow, bytes, weight, (turn, bytes));
            if (_isServing)
                return turn.Task;

            _isServing = true;
        }

        _ = ServeAsync();
        return turn.Task;
    }

    private async Task ServeAsync()
    {
        while (true)
        {
            var wait = _gate.Wait(clock.GetTimestamp());
            if (wait > 0)
                await Task.Delay(AtLeastOneMillisecond(clock.GetElapsedTime(0, wait)), clock);

            lock (_lock)
            {
                if (_order.Count == 0)
                {
                    _isServing = false;
                    return;
                }

                // Chosen after the wait: who came meanwhile may have the earlier start.
                var (turn, bytes) = _order.Next();
                _gate.Take(bytes, bitsPerSecond, clock.GetTimestamp());
                turn.SetResult();
            }
        }
    }

    private static TimeSpan AtLeastOneMillisecond(TimeSpan wait) => wait < TimeSpan.FromMilliseconds(1) ? TimeSpan.FromMilliseconds(1) : wait;
}
