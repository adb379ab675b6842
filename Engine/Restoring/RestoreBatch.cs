using BackupOnline.Engine.Blobs;
using BackupOnline.Engine.Ids;
using BackupOnline.Engine.Index;
using BackupOnline.Engine.Trees;

namespace BackupOnline.Engine.Restoring;

/// <summary>
/// As much of a restore as is planned at once: files with the places of their blobs, then links, then folders to close, in this order.
/// Its size is bounded, so that a snapshot of any size can be restored; a blob wanted by two batches is read twice.
/// </summary>
internal sealed class RestoreBatch
{
    /// <summary>About 10 MB of plan.</summary>
    private const int MaxPlaces = 100_000;

    private const int MaxEntries = 20_000;

    private readonly Dictionary<BlobId, WantedBlob> _wanted = [];
    private int _places;

    public List<RestoreFile> Files { get; } = [];

    /// <summary>Second and further names of files that are restored already or in this batch.</summary>
    public List<(RestoreFolder Folder, TreeNode Node, RestoreFile First)> Links { get; } = [];

    /// <summary>Folders that everything was planned for, the deepest first: their metadata comes last.</summary>
    public List<RestoreFolder> Closed { get; } = [];

    public bool IsFull => _places >= MaxPlaces || Files.Count + Links.Count + Closed.Count >= MaxEntries;

    public void Want(BlobId id, in BlobLocation location, RestoreFile file, long offset)
    {
        if (!_wanted.TryGetValue(id, out var blob))
            _wanted.Add(id, blob = new WantedBlob(new IndexedBlob(BlobType.Data, id, location)));
        blob.Places = new BlobPlace(file, offset, blob.Places);
        _places++;
    }

    /// <summary>Begins the next one in the same memory: new tables for each would be large garbage.</summary>
    public void Clear()
    {
        _wanted.Clear();
        Files.Clear();
        Links.Clear();
        Closed.Clear();
        _places = 0;
    }

    /// <summary>What to read, pack by pack: neighbours become one read.</summary>
    /// <param name="maxGap">Bytes that are read in vain rather than asked for separately.</param>
    /// <param name="maxLength">Bytes of one read; a single blob may be longer.</param>
    public List<PackRun> Runs(int maxGap, int maxLength)
    {
        var runs = new List<PackRun>();
        foreach (var pack in _wanted.Values.GroupBy(blob => blob.Blob.Location.Pack))
        {
            PackRun? run = null;
            foreach (var blob in pack.OrderBy(blob => blob.Blob.Location.Offset))
            {
                var location = blob.Blob.Location;
                var end = (long)location.Offset + location.Length;
                if (run is null || location.Offset - run.End > maxGap || end - run.Offset > maxLength)
                    runs.Add(run = new PackRun(location.Pack, location.Offset));
                run.Blobs.Add(blob);
                run.End = Math.Max(run.End, end);
            }
        }

        return runs;
    }

    /// <summary>A blob and everywhere it goes.</summary>
    internal sealed class WantedBlob(IndexedBlob blob)
    {
        public IndexedBlob Blob => blob;

        /// <summary>Linked, since nearly all have one only and a plan has many.</summary>
        public BlobPlace? Places { get; set; }
    }

    /// <summary>Where a blob goes, and where else.</summary>
    internal sealed record BlobPlace(RestoreFile File, long Offset, BlobPlace? Next);

    /// <summary>One read from a pack.</summary>
    internal sealed class PackRun(ObjectId pack, long offset)
    {
        public ObjectId Pack => pack;

        public long Offset => offset;

        /// <summary>Behind the last byte; 0 until the first blob is added.</summary>
        public long End { get; set; }

        public List<WantedBlob> Blobs { get; } = [];
    }
}
