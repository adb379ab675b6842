using BackupOnline.Engine.Blobs;
using BackupOnline.Engine.Ids;
using BackupOnline.Engine.Index;
using BackupOnline.Engine.Snapshots;
using BackupOnline.Engine.Stores;

namespace BackupOnline.Engine.Repositories;

/// <summary>
/// An open repository: blobs and snapshots over a store, with the master key in memory. Does not own the store.
/// Failures are <see cref="RepositoryException"/>. Saving and loading blobs is thread-safe.
/// </summary>
public sealed class Repository : IAsyncDisposable
{
    public RepositoryConfig Config => throw new NotImplementedException();

    public RepositoryOptions Options => throw new NotImplementedException();

    public IRepositoryStore Store => throw new NotImplementedException();

    /// <summary>Empty until <see cref="LoadIndexAsync"/>; blobs saved in this run are added to it.</summary>
    public BlobIndex Index => throw new NotImplementedException();

    /// <summary>Makes a repository: folders, a key for the password, the config. RepositoryExists when there is a config or a key already.</summary>
    public static Task<Repository> InitAsync(IRepositoryStore store, string password, RepositoryOptions? options = null, CancellationToken cancellationToken = default) =>
        throw new NotImplementedException();

    /// <summary>Tries every key with the password and reads the config: NoRepository, WrongPassword, UnsupportedVersion or Corrupt when that fails.</summary>
    public static Task<Repository> OpenAsync(IRepositoryStore store, string password, RepositoryOptions? options = null, CancellationToken cancellationToken = default) =>
        throw new NotImplementedException();

    /// <summary>Reads all index files into <see cref="Index"/>. List snapshots first if both are needed: what a listed snapshot needs is then in the index.</summary>
    public Task LoadIndexAsync(CancellationToken cancellationToken = default) => throw new NotImplementedException();

    /// <summary>
    /// Saves a blob unless the repository, or another saver in this run, has it. Waits when uploads do not keep up, so memory stays bounded.
    /// The bytes may be reused when it returns. Durable only after <see cref="FlushAsync"/>. After a failed upload every call throws that failure.
    /// </summary>
    public ValueTask<SavedBlob> SaveBlobAsync(BlobType type, ReadOnlyMemory<byte> plain, CancellationToken cancellationToken = default) =>
        throw new NotImplementedException();

    /// <summary>As the other overload for a caller that has hashed the bytes already: <paramref name="id"/> must be their SHA-256.</summary>
    public ValueTask<SavedBlob> SaveBlobAsync(BlobType type, BlobId id, ReadOnlyMemory<byte> plain, CancellationToken cancellationToken = default) =>
        throw new NotImplementedException();

    /// <summary>
    /// Reads a blob; MAC and hash are verified, and when one copy is damaged the others in the index are tried. NotFound or Corrupt name blob and pack.
    /// The index must be loaded; a blob saved in this run can be read after <see cref="FlushAsync"/>.
    /// </summary>
    public ValueTask<byte[]> LoadBlobAsync(BlobType type, BlobId id, CancellationToken cancellationToken = default) => throw new NotImplementedException();

    /// <summary>
    /// For callers that read packs themselves (restore, check): opens one sealed blob, exactly <see cref="BlobLocation.Length"/> bytes,
    /// into exactly <see cref="BlobLocation.PlainLength"/> bytes; verifies MAC, length and hash. Corrupt otherwise.
    /// </summary>
    public void DecodeBlob(in IndexedBlob blob, ReadOnlySpan<byte> sealedBytes, Span<byte> plain) => throw new NotImplementedException();

    /// <summary>The blobs that a pack's own header lists, in pack order. Corrupt when the header cannot be read or does not fit the pack's length.</summary>
    public Task<IReadOnlyList<IndexedBlob>> ReadPackHeaderAsync(ObjectId pack, long packLength, CancellationToken cancellationToken = default) =>
        throw new NotImplementedException();

    /// <summary>Makes everything saved so far durable: closes and uploads the open packs, then writes the index. Call it before saving a snapshot.</summary>
    public Task FlushAsync(CancellationToken cancellationToken = default) => throw new NotImplementedException();

    /// <summary>Stores a snapshot and gives it back with its id. Flushes first, so that a snapshot never names what is not durable.</summary>
    public Task<Snapshot> SaveSnapshotAsync(Snapshot snapshot, CancellationToken cancellationToken = default) => throw new NotImplementedException();

    /// <summary>
    /// All snapshots, oldest first. One that cannot be read is given to <paramref name="onDamaged"/> and left out; without it, its Corrupt is thrown.
    /// </summary>
    public Task<IReadOnlyList<Snapshot>> SnapshotsAsync(Action<ObjectId, RepositoryException>? onDamaged = null, CancellationToken cancellationToken = default) =>
        throw new NotImplementedException();

    /// <summary>
    /// The snapshot named by <c>latest</c> (the newest that the filter takes) or by the beginning of its id (the filter is not used then).
    /// NotFound or Ambiguous otherwise.
    /// </summary>
    public Task<Snapshot> FindSnapshotAsync(string idOrLatest, SnapshotFilter? filter = null, CancellationToken cancellationToken = default) =>
        throw new NotImplementedException();

    /// <summary>Drops what was saved and not flushed, waits for running uploads to stop, wipes the master key.</summary>
    public ValueTask DisposeAsync() => throw new NotImplementedException();
}
