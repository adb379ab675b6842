using BackupOnline.Engine.Blobs;
using BackupOnline.Engine.Ids;

namespace BackupOnline.Engine.Index;

/// <summary>All blobs that the repository's index files name, in memory. Thread-safe; look-ups allocate nothing.</summary>
public sealed class BlobIndex
{
    /// <summary>Number of distinct blobs.</summary>
    public int Count => throw new NotImplementedException();

    /// <summary>True when the blob is durable in a pack, or being saved in this run.</summary>
    public bool Contains(BlobType type, BlobId id) => throw new NotImplementedException();

    /// <summary>Where a durable blob lies; of several places, any. False for a blob whose pack is not yet uploaded.</summary>
    public bool TryFind(BlobType type, BlobId id, out BlobLocation location) => throw new NotImplementedException();

    /// <summary>Every place of every blob, in no order; blobs that arrive meanwhile may be missing.</summary>
    public IEnumerable<IndexedBlob> Entries() => throw new NotImplementedException();

    /// <summary>The packs that the index names, in no order.</summary>
    public IReadOnlyList<ObjectId> Packs() => throw new NotImplementedException();
}
