using BackupOnline.Engine.Blobs;
using BackupOnline.Engine.Ids;
using BackupOnline.Engine.Index;

namespace BackupOnline.Engine.Pruning;

/// <summary>The blobs that snapshots need: one bit for each that the index knows. The index must not change meanwhile. Thread-safe.</summary>
internal sealed class UsedBlobs(BlobIndex index)
{
    private const int MaxMissingListed = 100;

    private readonly ulong[] _bits = new ulong[(index.EntryCount / 64) + 1];
    private readonly Lock _gate = new();
    private readonly HashSet<BlobId> _missing = [];

    public BlobIndex Index { get; } = index;

    /// <summary>The first needed blobs that the index does not have.</summary>
    public IReadOnlyCollection<BlobId> Missing
    {
        get
        {
            lock (_gate)
                return [.. _missing];
        }
    }

    /// <summary>True for a blob of the index that was not marked before.</summary>
    public bool Add(BlobType type, BlobId id)
    {
        var number = Index.NumberOf(type, id);
        if (number < 0)
        {
            lock (_gate)
            {
                if (_missing.Count < MaxMissingListed)
                    _missing.Add(id);
            }

            return false;
        }

        var bit = 1UL << (number & 63);
        ref var word = ref _bits[number >> 6];
        return (Volatile.Read(ref word) & bit) == 0 && (Interlocked.Or(ref word, bit) & bit) == 0;
    }

    /// <summary>By the number of the blob's first place.</summary>
    public bool Contains(int first) => (Volatile.Read(ref _bits[first >> 6]) & (1UL << (first & 63))) != 0;
}
