using System.Collections.Concurrent;

namespace BackupOnline.Agent.Mounting;

/// <summary>What is open, by the handle that the kernel was given. Thread-safe.</summary>
internal sealed class OpenTable<T>
    where T : class
{
    private readonly ConcurrentDictionary<ulong, T> _open = new();
    private long _last;

    public ulong Add(T opened)
    {
        var handle = (ulong)Interlocked.Increment(ref _last);
        _open[handle] = opened;
        return handle;
    }

    public T? Find(ulong handle) => _open.GetValueOrDefault(handle);

    public T? Remove(ulong handle) => _open.TryRemove(handle, out var opened) ? opened : null;
}
