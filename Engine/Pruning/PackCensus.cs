using BackupOnline.Engine.Ids;
using BackupOnline.Engine.Index;

namespace BackupOnline.Engine.Pruning;

/// <summary>
/// Counts, for every pack, what of it is needed. Of several copies of a needed blob exactly one counts as needed: by preference in a pack that is there, that no prune
/// has marked, and that is needed for other blobs too.
/// </summary>
internal sealed class PackCensus
{
    private readonly UsedBlobs _used;
    private readonly Dictionary<ObjectId, PackUse> _packs = [];

    // By the number of the first place: only blobs with several places.
    private readonly Dictionary<int, List<BlobLocation>> _copies = [];
    private readonly Dictionary<int, BlobLocation> _chosen = [];

    private PackUse? _last;

    private PackCensus(UsedBlobs used) => _used = used;

    public IReadOnlyCollection<PackUse> Packs => _packs.Values;

    /// <param name="used">What is needed, with the index that it was found in.</param>
    /// <param name="stored">The packs that are there, with their bytes.</param>
    /// <param name="marks">Marked packs and since when.</param>
    public static PackCensus Take(UsedBlobs used, IEnumerable<(ObjectId Pack, long Bytes)> stored, IReadOnlyDictionary<ObjectId, DateTimeOffset> marks)
    {
        var census = new PackCensus(used);
        census.FindCopies();
        foreach (var (pack, bytes) in stored)
            census.Of(pack).StoredBytes = bytes;
        foreach (var pack in used.Index.Packs())
            census.Of(pack).IsIndexed = true;
        census.CountSingles();
        foreach (var (pack, since) in marks)
        {
            if (census._packs.TryGetValue(pack, out var use))
                use.MarkedSince = since;
        }

        census.CountCopies();
        return census;
    }

    /// <summary>Whether this place of this blob is the one that is needed.</summary>
    public bool Keeps(in IndexedBlob place)
    {
        var number = _used.Index.NumberOf(place.Type, place.Id);
        if (number < 0 || !_used.Contains(number))
            return false;
        return _chosen.TryGetValue(number, out var chosen) ? chosen == place.Location : _used.Index.PlaceAt(number).Location == place.Location;
    }

    /// <summary>Whether a pack of the census holds a tree.</summary>
    public bool HasTrees(ObjectId pack) => _packs[pack].HasTrees;

    private void FindCopies()
    {
        var index = _used.Index;
        if (index.EntryCount == index.Count)
            return;
        for (var number = 0; number < index.EntryCount; number++)
        {
            var first = index.FirstOf(number);
            if (first == number)
                continue;
            if (!_copies.TryGetValue(first, out var places))
                _copies.Add(first, places = [index.PlaceAt(first).Location]);

            // Two index files may list the same pack.
            var place = index.PlaceAt(number).Location;
            if (!places.Contains(place))
                places.Add(place);
        }
    }

    private void CountSingles()
    {
        var index = _used.Index;
        for (var number = 0; number < index.EntryCount; number++)
        {
            if (_copies.Count > 0 && (_copies.ContainsKey(number) || index.FirstOf(number) != number))
                continue;
            var place = index.PlaceAt(number);
            Of(place.Location.Pack).Add(place, _used.Contains(number));
        }
    }

    private void CountCopies()
    {
        foreach (var (first, places) in _copies)
        {
            var blob = _used.Index.PlaceAt(first);
            if (_used.Contains(first))
                _chosen.Add(first, places.MaxBy(place => Preference(Of(place.Pack))));
            foreach (var place in places)
                Of(place.Pack).Add(blob with { Location = place }, _chosen.TryGetValue(first, out var chosen) && chosen == place);
        }
    }

    // The pack's id at last, so that the same repository gives the same plan.
    private static (bool, bool, bool, long, ObjectId) Preference(PackUse use) =>
        (use.StoredBytes is not null, use.MarkedSince is null, use.UsedBlobs > 0, use.UsedBytes, use.Pack);

    // An index lists blobs pack by pack: mostly it is the same one again.
    private PackUse Of(ObjectId pack)
    {
        if (_last?.Pack == pack)
            return _last;
        if (!_packs.TryGetValue(pack, out var use))
            _packs.Add(pack, use = new PackUse(pack));
        return _last = use;
    }
}
