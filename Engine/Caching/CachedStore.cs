using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using BackupOnline.Engine.Ids;
using BackupOnline.Engine.Repositories;
using BackupOnline.Engine.Stores;

namespace BackupOnline.Engine.Caching;

/// <summary>
/// Another store with a local folder before it that keeps what is small and read again and again: indexes, snapshots, packs of trees. Never needed: what is missing is
/// fetched, what does not fit the SHA-256 that names it is dropped and fetched. What there is, the store alone tells: listings, lengths and deletions always go to it.
/// Owns the other store.
/// </summary>
public sealed class CachedStore(IRepositoryStore inner) : IRepositoryStore, ITreePackReader
{
    // Verified in this run, or being fetched.
    private readonly ConcurrentDictionary<ObjectName, Lazy<Task<bool>>> _packs = new();
    private volatile CacheFolder? _cache;

    public string Location => inner.Location;

    public TimeSpan? ClockOffset => inner.ClockOffset;

    /// <summary>From now on, if it can be written; the folder's name, the id of the repository, is known once it is open.</summary>
    public void Use(CacheFolder cache)
    {
        ArgumentNullException.ThrowIfNull(cache);
        _cache = cache.IsUsable ? cache : null;
    }

    public Task CreateAsync(CancellationToken cancellationToken = default) => inner.CreateAsync(cancellationToken);

    public async Task PutAsync(ObjectName name, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken = default)
    {
        await inner.PutAsync(name, bytes, cancellationToken);
        if (IsKeptWhole(name.Kind))
            _cache?.Write(name, bytes);
    }

    public async Task<byte[]> GetAsync(ObjectName name, CancellationToken cancellationToken = default)
    {
        if (_cache is not { } cache || !IsKeptWhole(name.Kind))
            return await inner.GetAsync(name, cancellationToken);
        if (cache.TryRead(name) is { } kept)
            return kept;
        var bytes = await inner.GetAsync(name, cancellationToken);

        // Bytes that are not what the name says are the repository's to judge, and nothing to keep.
        if (ObjectId.Of(bytes) == name.Id)
            cache.Write(name, bytes);
        return bytes;
    }

    public Task ReadRangeAsync(ObjectName name, long offset, Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        inner.ReadRangeAsync(name, offset, buffer, cancellationToken);

    /// <summary>Fetches the whole pack the first time, since its other trees are mostly read next, and reads from the kept one.</summary>
    async Task ITreePackReader.ReadTreeRangeAsync(ObjectName pack, long offset, Memory<byte> buffer, CancellationToken cancellationToken)
    {
        if (_cache is { } cache && await HasPackAsync(cache, pack, cancellationToken) && cache.TryReadRange(pack, offset, buffer.Span))
            return;
        await inner.ReadRangeAsync(pack, offset, buffer, cancellationToken);
    }

    public Task<long?> LengthAsync(ObjectName name, CancellationToken cancellationToken = default) => inner.LengthAsync(name, cancellationToken);

    public async IAsyncEnumerable<StoredObject> ListAsync(ObjectKind kind, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        // A listing read to its end also tells what need not be kept any longer.
        var there = _cache is not null && (IsKeptWhole(kind) || kind == ObjectKind.Data) ? new HashSet<ObjectId>() : null;
        await foreach (var stored in inner.ListAsync(kind, cancellationToken))
        {
            there?.Add(stored.Name.Id);
            yield return stored;
        }

        if (there is not null)
            _cache?.Keep(kind, there);
    }

    public async Task DeleteAsync(ObjectName name, CancellationToken cancellationToken = default)
    {
        await inner.DeleteAsync(name, cancellationToken);
        if (name.Kind is ObjectKind.Index or ObjectKind.Snapshot or ObjectKind.Data)
            _cache?.Drop(name);
    }

    public Task<StoreRemnants> RemoveRemnantsAsync(DateTimeOffset untouchedSince, CancellationToken cancellationToken = default) =>
        inner.RemoveRemnantsAsync(untouchedSince, cancellationToken);

    public void Dispose() => inner.Dispose();

    private static bool IsKeptWhole(ObjectKind kind) => kind is ObjectKind.Index or ObjectKind.Snapshot;

    // Several readers want the same pack at the same time: it is fetched, and verified, once.
    private async Task<bool> HasPackAsync(CacheFolder cache, ObjectName pack, CancellationToken cancellationToken)
    {
        var having = _packs.GetOrAdd(pack, name => new Lazy<Task<bool>>(() => Task.Run(() => FetchAsync(cache, name), CancellationToken.None)));
        return await having.Value.WaitAsync(cancellationToken);
    }

    private async Task<bool> FetchAsync(CacheFolder cache, ObjectName pack)
    {
        if (cache.Holds(pack))
            return true;
        try
        {
            var bytes = await inner.GetAsync(pack, CancellationToken.None);
            return ObjectId.Of(bytes) == pack.Id && cache.Write(pack, bytes);
        }
        catch (RepositoryException)
        {
            // The read itself will meet the same, and tell it.
            return false;
        }
    }
}
