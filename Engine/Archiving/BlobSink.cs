using System.Collections.Concurrent;
using BackupOnline.Engine.Blobs;
using BackupOnline.Engine.Chunking;
using BackupOnline.Engine.Ids;
using BackupOnline.Engine.Repositories;

namespace BackupOnline.Engine.Archiving;

/// <summary>Where a backup's blobs go, counted. In a dry run they go nowhere.</summary>
internal sealed class BlobSink(Repository repository, bool dryRun, BackupProgress progress)
{
    private static readonly Lazy<BlobId> ZeroPiece = new(() => BlobId.Of(new byte[Chunker.MinLength]));

    /// <summary>What a dry run has met: its stand-in for the index that a real run would grow.</summary>
    private readonly ConcurrentDictionary<(BlobType Type, BlobId Id), bool> _met = new();
    private long _dataBlobs;
    private long _treeBlobs;
    private long _plainBytes;
    private long _storedBytes;

    public long DataBlobs => Interlocked.Read(ref _dataBlobs);

    public long TreeBlobs => Interlocked.Read(ref _treeBlobs);

    /// <summary>Plain bytes of the new blobs.</summary>
    public long PlainBytes => Interlocked.Read(ref _plainBytes);

    /// <summary>Bytes that they take in packs; in a dry run, which does not compress, the plain bytes.</summary>
    public long StoredBytes => Interlocked.Read(ref _storedBytes);

    /// <summary>Whether the repository has a blob on which a new snapshot may rely.</summary>
    public bool Has(BlobType type, BlobId id) => repository.Index.Contains(type, id);

    public async ValueTask<SavedBlob> SaveAsync(BlobType type, ReadOnlyMemory<byte> plain, CancellationToken cancellationToken)
    {
        var id = IdOf(plain.Span);
        var saved = dryRun ? Meet(type, id, plain) : await repository.SaveBlobAsync(type, id, plain, cancellationToken);
        if (saved.IsNew)
        {
            Interlocked.Increment(ref type == BlobType.Tree ? ref _treeBlobs : ref _dataBlobs);
            Interlocked.Add(ref _plainBytes, plain.Length);
            Interlocked.Add(ref _storedBytes, saved.StoredLength);
            progress.Added(plain.Length, saved.StoredLength);
        }

        return saved;
    }

    // A run of zeros is cut into pieces of the least length, and images are full of them.
    private static BlobId IdOf(ReadOnlySpan<byte> plain) =>
        plain.Length == Chunker.MinLength && !plain.ContainsAnyExcept((byte)0) ? ZeroPiece.Value : BlobId.Of(plain);

    private SavedBlob Meet(BlobType type, BlobId id, ReadOnlyMemory<byte> plain)
    {
        var isNew = !repository.Index.Contains(type, id) && _met.TryAdd((type, id), true);
        return new SavedBlob(id, isNew, isNew ? plain.Length : 0);
    }
}
