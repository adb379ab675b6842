using BackupOnline.Engine.Ids;
using BackupOnline.Engine.Stores;

namespace BackupOnline.Engine.Tests;

/// <summary>Another store that tells how many bytes of objects are read.</summary>
internal sealed class CountingStore(IRepositoryStore inner, Action<long> read) : IRepositoryStore
{
    public string Location => inner.Location;

    public TimeSpan? ClockOffset => inner.ClockOffset;

    public Task CreateAsync(CancellationToken cancellationToken = default) => inner.CreateAsync(cancellationToken);

    public Task PutAsync(ObjectName name, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken = default) => inner.PutAsync(name, bytes, cancellationToken);

    public async Task<byte[]> GetAsync(ObjectName name, CancellationToken cancellationToken = default)
    {
        var bytes = await inner.GetAsync(name, cancellationToken);
        read(bytes.Length);
        return bytes;
    }

    public Task ReadRangeAsync(ObjectName name, long offset, Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        read(buffer.Length);
        return inner.ReadRangeAsync(name, offset, buffer, cancellationToken);
    }

    public Task<long?> LengthAsync(ObjectName name, CancellationToken cancellationToken = default) => inner.LengthAsync(name, cancellationToken);

    public IAsyncEnumerable<StoredObject> ListAsync(ObjectKind kind, CancellationToken cancellationToken = default) => inner.ListAsync(kind, cancellationToken);

    public Task DeleteAsync(ObjectName name, CancellationToken cancellationToken = default) => inner.DeleteAsync(name, cancellationToken);

    public void Dispose() => inner.Dispose();
}
