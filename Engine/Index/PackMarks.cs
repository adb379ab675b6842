using BackupOnline.Engine.Ids;

namespace BackupOnline.Engine.Index;

/// <summary>
/// The packs that a prune found unused and left for a grace time, with the time of the mark by the store's clock. Kept in index files of their own that list no pack
/// (<c>{"packs":[],"marked_packs":[{"id","since"}]}</c>): a client that does not know the field reads an empty index. Thread-safe.
/// </summary>
internal sealed class PackMarks
{
    private readonly Lock _gate = new();
    private readonly Dictionary<ObjectId, DateTimeOffset> _since = [];
    private readonly HashSet<ObjectId> _files = [];

    /// <summary>The index files that hold the marks.</summary>
    public IReadOnlyCollection<ObjectId> Files
    {
        get
        {
            lock (_gate)
                return [.. _files];
        }
    }

    public int Count
    {
        get
        {
            lock (_gate)
                return _since.Count;
        }
    }

    /// <summary>Of two marks of one pack the later counts: the grace time is never shortened.</summary>
    public void Add(ObjectId file, ObjectId pack, DateTimeOffset since)
    {
        lock (_gate)
        {
            _files.Add(file);
            if (!_since.TryGetValue(pack, out var known) || known < since)
                _since[pack] = since;
        }
    }

    public IReadOnlyDictionary<ObjectId, DateTimeOffset> All()
    {
        lock (_gate)
            return new Dictionary<ObjectId, DateTimeOffset>(_since);
    }
}
