using BackupOnline.Engine.Blobs;
using BackupOnline.Engine.Crypto;
using BackupOnline.Engine.Ids;
using BackupOnline.Engine.Packs;

namespace BackupOnline.Engine.Index;

/// <summary>
/// All blobs that the repository's index files name, in memory. Thread-safe; look-ups allocate nothing.
/// </summary>
/// <remarks>
/// Entries lie densely in chunks that never move, in the order in which they came; an open-addressing table of entry numbers finds them.
/// At most 60 bytes a blob (from 100,000 blobs on): 48 for the entry, 5.3 to 10.7 for its share of a table that is 3/8 to 3/4 full.
/// </remarks>
public sealed class BlobIndex
{
    private const int ChunkEntries = 1 << 12;

    private readonly Lock _gate = new();
    private readonly List<IndexEntry[]> _chunks = [];
    private readonly List<ObjectId> _packs = [];
    private readonly List<long> _packEnds = [];
    private readonly Dictionary<ObjectId, uint> _packNumbers = [];

    // Entry number + 1; 0 is free. A power of two long.
    private int[] _slots = new int[1024];
    private int _entries;
    private int _distinct;

    /// <summary>Number of distinct blobs, those being saved included.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
                return _distinct;
        }
    }

    /// <summary>Number of places; a blob with several places counts as often.</summary>
    internal int EntryCount
    {
        get
        {
            lock (_gate)
                return _entries;
        }
    }

    /// <summary>What the index holds on to, in bytes.</summary>
    internal long MemoryBytes => ((long)_slots.Length * sizeof(int)) + ((long)_chunks.Count * ChunkEntries * 48);

    /// <summary>True when the blob is durable in a pack, or being saved in this run.</summary>
    public bool Contains(BlobType type, BlobId id)
    {
        lock (_gate)
            return Find(type, id.Hash, out _) >= 0;
    }

    /// <summary>Where a durable blob lies; of several places, the first that the index learnt. False for a blob whose pack is not yet uploaded.</summary>
    public bool TryFind(BlobType type, BlobId id, out BlobLocation location)
    {
        lock (_gate)
        {
            var number = Find(type, id.Hash, out _);
            if (number >= 0 && At(number).Pack != IndexEntry.Pending)
            {
                location = LocationOf(At(number));
                return true;
            }
        }

        location = default;
        return false;
    }

    /// <summary>
    /// Every place of every durable blob, in the order in which they were learnt: blobs that an index file lists under one pack follow one another.
    /// Blobs that arrive meanwhile may be missing.
    /// </summary>
    public IEnumerable<IndexedBlob> Entries()
    {
        var batch = new IndexedBlob[256];
        for (var next = 0; ;)
        {
            var filled = 0;
            lock (_gate)
            {
                for (; next < _entries && filled < batch.Length; next++)
                {
                    ref var entry = ref At(next);
                    if (entry.Pack != IndexEntry.Pending)
                        batch[filled++] = new IndexedBlob(entry.Type, BlobId.Of(entry.Id), LocationOf(entry));
                }
            }

            if (filled == 0)
                yield break;
            for (var i = 0; i < filled; i++)
                yield return batch[i];
        }
    }

    /// <summary>The packs that the index names, in no order.</summary>
    public IReadOnlyList<ObjectId> Packs()
    {
        lock (_gate)
            return [.. _packs];
    }

    /// <summary>Where the last blob that the index knows in this pack ends; 0 for a pack that it does not know.</summary>
    internal long EndOf(ObjectId pack)
    {
        lock (_gate)
            return _packNumbers.TryGetValue(pack, out var number) ? _packEnds[(int)number] : 0;
    }

    /// <summary>
    /// The number of the blob's first place, below <see cref="EntryCount"/>: a key for bitmaps, good as long as nothing is added or forgotten. -1 for a blob that is not there.
    /// </summary>
    internal int NumberOf(BlobType type, BlobId id)
    {
        lock (_gate)
            return Find(type, id.Hash, out _);
    }

    /// <summary>The place with this number, of a blob that is durable.</summary>
    internal IndexedBlob PlaceAt(int number)
    {
        lock (_gate)
        {
            ref var entry = ref At(number);
            return new IndexedBlob(entry.Type, BlobId.Of(entry.Id), LocationOf(entry));
        }
    }

    /// <summary>The number of the first place of the blob that this place belongs to.</summary>
    internal int FirstOf(int number)
    {
        lock (_gate)
        {
            ref var entry = ref At(number);
            return Find(entry.Type, entry.Id, out _);
        }
    }

    /// <summary>Every place of one blob: a scan of the whole index, for when the first place is damaged.</summary>
    internal List<BlobLocation> FindAll(BlobType type, BlobId id) =>
        [.. Entries().Where(entry => entry.Type == type && entry.Id == id).Select(entry => entry.Location)];

    /// <summary>Makes the caller the one that saves this blob; false when it is there or another saves it.</summary>
    internal bool Reserve(BlobType type, BlobId id)
    {
        lock (_gate)
        {
            if (Find(type, id.Hash, out var slot) >= 0)
                return false;
            var entry = new IndexEntry { Id = id.Hash };
            entry.Set(type, IndexEntry.Pending);
            Insert(entry, slot);
            return true;
        }
    }

    /// <summary>Adds a durable pack; reserved blobs get their place. Places that are known already change nothing.</summary>
    internal void AddPack(ObjectId pack, IReadOnlyList<PackedBlob> blobs)
    {
        lock (_gate)
        {
            if (!_packNumbers.TryGetValue(pack, out var packNumber))
            {
                packNumber = (uint)_packs.Count;
                _packs.Add(pack);
                _packEnds.Add(0);
                _packNumbers.Add(pack, packNumber);
            }

            for (var i = 0; i < blobs.Count; i++)
                Add(blobs[i], packNumber);
        }
    }

    /// <summary>
    /// Forgets every place in these packs: blobs that lie nowhere else count as not stored. No look-up or save may be under way.
    /// </summary>
    /// <returns>Number of distinct blobs that lie nowhere else.</returns>
    internal int ForgetPlacesIn(IReadOnlySet<ObjectId> packs)
    {
        lock (_gate)
        {
            var (entries, distinct) = (_entries, _distinct);
            (_entries, _distinct) = (0, 0);
            Array.Clear(_slots);

            // In place: what is kept never overtakes what is still to be read.
            for (var number = 0; number < entries; number++)
            {
                var entry = At(number);
                if (entry.Pack != IndexEntry.Pending && packs.Contains(_packs[(int)entry.Pack]))
                    continue;
                if (Find(entry.Type, entry.Id, out var slot) < 0)
                    Insert(entry, slot);
                else
                    Append(entry);
            }

            return distinct - _distinct;
        }
    }

    private void Add(in PackedBlob blob, uint packNumber)
    {
        var entry = new IndexEntry
        {
            Id = blob.Id.Hash,
            Offset = blob.Offset,
            Length = blob.Length,
            CompressedPlainLength = blob.IsCompressed ? blob.PlainLength : -1,
        };
        entry.Set(blob.Type, packNumber);
        _packEnds[(int)packNumber] = Math.Max(_packEnds[(int)packNumber], (long)blob.Offset + blob.Length);
        var number = Find(blob.Type, entry.Id, out var slot);
        if (number < 0)
        {
            Insert(entry, slot);
            return;
        }

        ref var known = ref At(number);
        if (known.Pack == IndexEntry.Pending)
            known = entry;
        else if (known.Pack != packNumber || known.Offset != blob.Offset)
            Append(entry); // Another copy: kept without a slot, found by a scan when the first one is damaged.
    }

    private int Find(BlobType type, in Hash256 id, out int slot)
    {
        var mask = _slots.Length - 1;
        for (slot = id.GetHashCode() & mask; ; slot = (slot + 1) & mask)
        {
            var number = _slots[slot] - 1;
            if (number < 0 || At(number).Is(type, id))
                return number;
        }
    }

    private void Insert(in IndexEntry entry, int slot)
    {
        _slots[slot] = Append(entry) + 1;
        _distinct++;
        if (_distinct > _slots.Length / 4 * 3)
            Grow();
    }

    private int Append(in IndexEntry entry)
    {
        if (_entries == _chunks.Count * ChunkEntries)
            _chunks.Add(new IndexEntry[ChunkEntries]);
        At(_entries) = entry;
        return _entries++;
    }

    private void Grow()
    {
        var old = _slots;
        _slots = new int[old.Length * 2];
        var mask = _slots.Length - 1;
        foreach (var taken in old)
        {
            if (taken == 0)
                continue;
            var slot = At(taken - 1).Id.GetHashCode() & mask;
            while (_slots[slot] != 0)
                slot = (slot + 1) & mask;
            _slots[slot] = taken;
        }
    }

    private ref IndexEntry At(int number) => ref _chunks[number / ChunkEntries][number % ChunkEntries];

    private BlobLocation LocationOf(in IndexEntry entry)
    {
        var compressed = entry.CompressedPlainLength >= 0;
        return new BlobLocation(
            _packs[(int)entry.Pack],
            entry.Offset,
            entry.Length,
            compressed ? entry.CompressedPlainLength : entry.Length - RepositoryCipher.Overhead,
            compressed);
    }
}
