namespace BackupOnline.Engine.Stores;

/// <summary>A rate for all transfers in one direction together: who asks waits until what went before has had its time. Thread-safe.</summary>
public sealed class RateLimit
{
    /// <summary>Slower than this, a piece of a transfer would wait longer than a server's or a store's patience with a silent connection.</summary>
    public const long LeastBytesPerSecond = 8 << 10;

    private readonly Lock _gate = new();
    private readonly long _bytesPerSecond;
    private readonly TimeProvider _time;
    private readonly long _start;
    private TimeSpan _free;

    /// <exception cref="ArgumentOutOfRangeException">Less than <see cref="LeastBytesPerSecond"/>.</exception>
    public RateLimit(long bytesPerSecond, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(time);
        ArgumentOutOfRangeException.ThrowIfLessThan(bytesPerSecond, LeastBytesPerSecond);
        (_bytesPerSecond, _time, _start) = (bytesPerSecond, time, time.GetTimestamp());
    }

    /// <summary>Returns when so many bytes may go.</summary>
    public async ValueTask WaitAsync(int bytes, CancellationToken cancellationToken)
    {
        TimeSpan wait;
        lock (_gate)
        {
            var now = _time.GetElapsedTime(_start);
            wait = _free - now;
            _free = (wait > TimeSpan.Zero ? _free : now) + TimeSpan.FromSeconds((double)bytes / _bytesPerSecond);
        }

        if (wait > TimeSpan.Zero)
            await Task.Delay(wait, _time, cancellationToken);
    }
}
