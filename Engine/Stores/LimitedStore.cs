using BackupOnline.Engine.Ids;

namespace BackupOnline.Engine.Stores;

/// <summary>
/// Another store with rates for whole objects: for stores without a line of their own to pace. A write waits before it begins, a read after it ended, so that over time
/// the rates hold. Owns the other store.
/// </summary>
/// <param name="inner">The store.</param>
/// <param name="writing">For what is stored; null: as fast as it goes.</param>
/// <param name="reading">For what is read; null: as fast as it goes.</param>
public sealed class LimitedStore(IRepositoryStore inner, RateLimit? writing, RateLimit? reading) : IRepositoryStore
{
    public string Location => inner.Location;

    public TimeSpan? ClockOffset => inner.ClockOffset;

    public Task CreateAsync(CancellationToken cancellationToken = default) => inner.CreateAsync(cancellationToken);

    public async Task PutAsync(ObjectName name, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken = default)
    {
        if (writing is not null)
            await writing.WaitAsync(bytes.Length, cancellationToken);
        await inner.PutAsync(name, bytes, cancellationToken);
    }

    public async Task<byte[]> GetAsync(ObjectName name, CancellationToken cancellationToken = default)
    {
        var bytes = await inner.GetAsync(name, cancellationToken);
        if (reading is not null)
            await reading.WaitAsync(bytes.Length, cancellationToken);
        return bytes;
    }

    public async Task ReadRangeAsync(ObjectName name, long offset, Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        await inner.ReadRangeAsync(name, offset, buffer, cancellationToken);
        if (reading is not null)
            await reading.WaitAsync(buffer.Length, cancellationToken);
    }

    public Task<long?> LengthAsync(ObjectName name, CancellationToken cancellationToken = default) => inner.LengthAsync(name, cancellationToken);

    public IAsyncEnumerable<StoredObject> ListAsync(ObjectKind kind, CancellationToken cancellationToken = default) => inner.ListAsync(kind, cancellationToken);

    public Task DeleteAsync(ObjectName name, CancellationToken cancellationToken = default) => inner.DeleteAsync(name, cancellationToken);

    public Task<StoreRemnants> RemoveRemnantsAsync(DateTimeOffset untouchedSince, CancellationToken cancellationToken = default) =>
        inner.RemoveRemnantsAsync(untouchedSince, cancellationToken);

    public void Dispose() => inner.Dispose();
}
