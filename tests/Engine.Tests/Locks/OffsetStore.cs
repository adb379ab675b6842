using BackupOnline.Engine.Ids;
using BackupOnline.Engine.Stores;

namespace BackupOnline.Engine.Tests.Locks;

/// <summary>A store whose clock differs from ours by so much.</summary>
internal sealed class OffsetStore(IRepositoryStore inner, TimeSpan offset) : IRepositoryStore
{
    public string Location => inner.Location;

    public TimeSpan? ClockOffset => offset;

    public Task CreateAsync(CancellationToken cancellationToken = default) => inner.CreateAsync(cancellationToken);

    public Task PutAsync(ObjectName name, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken = default) => inner.PutAsync(name, bytes, cancellationToken);

    public Task<byte[]> GetAsync(ObjectName name, CancellationToken cancellationToken = default) => inner.GetAsync(name, cancellationToken);

    public Task ReadRangeAsync(ObjectName name, long offset, Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        inner.ReadRangeAsync(name, offset, buffer, cancellationToken);

    public Task<long?> LengthAsync(ObjectName name, CancellationToken cancellationToken = default) => inner.LengthAsync(name, cancellationToken);

    public IAsyncEnumerable<StoredObject> ListAsync(ObjectKind kind, CancellationToken cancellationToken = default) => inner.ListAsync(kind, cancellationToken);

    public Task DeleteAsync(ObjectName name, CancellationToken cancellationToken = default) => inner.DeleteAsync(name, cancellationToken);

    public void Dispose()
    {
    }
}
