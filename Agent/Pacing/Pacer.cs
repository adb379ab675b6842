using BackupOnline.Rules.Traffic;

namespace BackupOnline.Agent.Pacing;

/// <summary>Holds uploads back to the plan's rate, all connections together. Without a plan it lets everything go: the shelf's ceiling is all that counts then.</summary>
internal sealed class Pacer(TimeProvider time)
{
    // Slower than this a connection looks dead to those between us and the shelf.
    private const long LeastBitsPerSecond = 256_000;
    private const long BurstNanoseconds = 50_000_000;

    private readonly Lock _lock = new();
    private readonly long _start = time.GetTimestamp();
    private SendingPlan? _plan;
    private TimeSpan _doorAhead;
    private long _nextFree;

    /// <summary>The span that is in force, or null without a plan.</summary>
    public SendingSpan? Present
    {
        get
        {
            lock (_lock)
                return _plan?.Of(DoorTime);
        }
    }

    /// <summary>The door's clock as far as the last plan told it, else this machine's: a wrong clock here moves no slot.</summary>
    public DateTimeOffset DoorTime => time.GetUtcNow() + _doorAhead;

    /// <summary>From now on this plan counts.</summary>
    public void Follow(SendingPlan plan)
    {
        lock (_lock)
        {
            _plan = plan;
            _doorAhead = plan.At - time.GetUtcNow();
            // What waited at the old rate need not wait for it any longer.
            _nextFree = Math.Min(_nextFree, Now + BurstNanoseconds);
        }
    }

    /// <summary>Returns when so many bytes may go.</summary>
    public async ValueTask WaitAsync(int bytes, CancellationToken cancellation)
    {
        long wait;
        lock (_lock)
        {
            if (_plan?.Of(DoorTime) is not { } span)
                return;
            (_nextFree, wait) = TokenBucket.Take(_nextFree, Now, bytes, Math.Max(span.BitsPerSecond, LeastBitsPerSecond), BurstNanoseconds);
        }

        if (wait > 0)
            await Task.Delay(TimeSpan.FromTicks((wait + 99) / 100), time, cancellation);
    }

    private long Now => time.GetElapsedTime(_start).Ticks * 100;
}
