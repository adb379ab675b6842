using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using BackupOnline.Engine.Ids;

namespace BackupOnline.Engine.Stores;

/// <summary>Keeps the objects in memory: for tests and trials.</summary>
public sealed class MemoryStore : IRepositoryStore
{
    private readonly ConcurrentDictionary<ObjectName, byte[]> _objects = new();

    public string Location => "memory";

    public TimeSpan? ClockOffset => null;

    public Task CreateAsync(CancellationToken cancellationToken = default) => Task.CompletedTask;

    public Task PutAsync(ObjectName name, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var stored = _objects.GetOrAdd(name, static (_, put) => put.ToArray(), bytes);
        if (name.Kind == ObjectKind.Config && !stored.AsSpan().SequenceEqual(bytes.Span))
            throw StoreProblems.ConfigExists(Location);
        return Task.CompletedTask;
    }

    public Task<byte[]> GetAsync(ObjectName name, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(Find(name).ToArray());
    }

    public Task ReadRangeAsync(ObjectName name, long offset, Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        var bytes = Find(name);
        if (offset + buffer.Length > bytes.Length)
            throw StoreProblems.TooShort(name, offset + buffer.Length);
        bytes.AsMemory((int)offset, buffer.Length).CopyTo(buffer);
        return Task.CompletedTask;
    }

    public Task<long?> LengthAsync(ObjectName name, CancellationToken cancellationToken = default) =>
        Task.FromResult(_objects.TryGetValue(name, out var bytes) ? bytes.LongLength : (long?)null);

    public async IAsyncEnumerable<StoredObject> ListAsync(ObjectKind kind, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await Task.CompletedTask;
        foreach (var (name, bytes) in _objects)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (name.Kind == kind)
                yield return new StoredObject(name, bytes.LongLength);
        }
    }

    public Task DeleteAsync(ObjectName name, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        _objects.TryRemove(name, out _);
        return Task.CompletedTask;
    }

    public void Dispose()
    {
    }

    private byte[] Find(ObjectName name) => _objects.TryGetValue(name, out var bytes) ? bytes : throw StoreProblems.NotFound(name, Location);
}
