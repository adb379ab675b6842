using System.Collections.Concurrent;

namespace BackupOnline.Engine.Buffers;

/// <summary>
/// The bound on memory: only so many packs exist at a time, filling, waiting or on their way. Who needs another waits until an upload ends.
/// </summary>
internal sealed class PackBufferPool(int count, int capacity) : IDisposable
{
    // Packs after which a run is a long one.
    private const int Many = 8;

    private readonly SemaphoreSlim _free = new(count);
    private readonly ConcurrentBag<NativeBuffer> _idle = [];
    private int _returned;

    /// <summary>A buffer of the usual capacity, or of one of its own for a blob that is larger than that.</summary>
    public async ValueTask<NativeBuffer> RentAsync(int atLeast, CancellationToken cancellationToken)
    {
        await _free.WaitAsync(cancellationToken);
        if (atLeast > capacity)
            return new NativeBuffer(atLeast);
        return _idle.TryTake(out var buffer) ? buffer : new NativeBuffer(capacity);
    }

    public void Return(NativeBuffer buffer)
    {
        if (buffer.Capacity == capacity)
        {
            // Only what is written lies in memory; but who writes a lot would have the system clear the same pages over and over.
            buffer.Trim(Interlocked.Increment(ref _returned) > Many ? capacity / 2 : 0, capacity);
            _idle.Add(buffer);
        }
        else
        {
            ((IDisposable)buffer).Dispose();
        }

        _free.Release();
    }

    public void Dispose()
    {
        while (_idle.TryTake(out var buffer))
            ((IDisposable)buffer).Dispose();
        _free.Dispose();
    }
}
