using BackupOnline.Engine.Blobs;
using BackupOnline.Engine.Ids;
using BackupOnline.Engine.Repositories;
using BackupOnline.Engine.Trees;

namespace BackupOnline.Engine.Images;

/// <summary>
/// Where in a file each of its blobs stands, and which of them are zeros; by the index, which blobs are verified against. For any file of a snapshot, whoever cut it and where.
/// </summary>
internal sealed class BlockMap
{
    // A block of zeros takes some dozens of bytes when it is compressed; anything longer is not hashed in vain.
    private const int LongestZeros = 1024;

    // The longest chunk and the longest block that anybody cuts; nothing is made as long as a lying index tells.
    private const int LongestBlock = 8 << 20;

    private readonly IReadOnlyList<BlobId> _blobs;

    // One more than blobs: the last is the size.
    private readonly long[] _offsets;
    private readonly bool[] _zeros;

    private BlockMap(IReadOnlyList<BlobId> blobs, long[] offsets, bool[] zeros) => (_blobs, _offsets, _zeros) = (blobs, offsets, zeros);

    public int Count => _blobs.Count;

    /// <summary>Bytes of the file.</summary>
    public long Size => _offsets[^1];

    /// <exception cref="RepositoryException">NotFound: the index has lost a blob of the file.</exception>
    public static BlockMap Of(Repository repository, TreeNode file)
    {
        var blobs = file.Type == NodeType.File ? file.Content ?? [] : [];
        var (offsets, zeros) = (new long[blobs.Count + 1], new bool[blobs.Count]);
        var zeroIds = new Dictionary<int, BlobId>();
        for (var i = 0; i < blobs.Count; i++)
        {
            if (!repository.Index.TryFind(BlobType.Data, blobs[i], out var place))
                throw new RepositoryException(
                    RepositoryProblem.NotFound,
                    $"The data blob {blobs[i]} of {file.Name} is in no index file of the repository at {repository.Store.Location}. Run 'check' to see which snapshots need it.");
            offsets[i + 1] = offsets[i] + place.PlainLength;
            zeros[i] = place.Length <= LongestZeros && place.PlainLength <= LongestBlock && blobs[i] == ZeroId(place.PlainLength);
        }

        return new BlockMap(blobs, offsets, zeros);

        BlobId ZeroId(int length)
        {
            if (!zeroIds.TryGetValue(length, out var id))
                zeroIds.Add(length, id = BlobId.Of(new byte[length]));
            return id;
        }
    }

    public BlobId BlobAt(int number) => _blobs[number];

    public bool IsZero(int number) => _zeros[number];

    public long StartOf(int number) => _offsets[number];

    public int LengthOf(int number) => (int)(_offsets[number + 1] - _offsets[number]);

    /// <summary>The number of the block that holds this byte, which must be inside the file. Empty blobs hold none.</summary>
    public int Find(long offset)
    {
        var (low, high) = (0, Count - 1);
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            if (_offsets[middle + 1] > offset)
                high = middle;
            else
                low = middle + 1;
        }

        return low;
    }
}
