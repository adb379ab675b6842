using BackupOnline.Engine.Ids;
using BackupOnline.Engine.Index;

namespace BackupOnline.Engine.Packs;

/// <summary>One read from a pack that brings several blobs.</summary>
internal sealed class PackRead(ObjectId pack, long offset)
{
    private readonly List<IndexedBlob> _blobs = [];

    public ObjectId Pack => pack;

    public long Offset { get; } = offset;

    /// <summary>Behind the last byte.</summary>
    public long End { get; private set; } = offset;

    public IReadOnlyList<IndexedBlob> Blobs => _blobs;

    /// <summary>Few reads for many blobs: neighbours become one.</summary>
    /// <param name="blobs">Each once.</param>
    /// <param name="maxGap">Bytes that are read in vain rather than asked for separately.</param>
    /// <param name="maxLength">Bytes of one read; a single blob may be longer.</param>
    public static List<PackRead> Plan(IEnumerable<IndexedBlob> blobs, int maxGap, int maxLength)
    {
        var reads = new List<PackRead>();
        foreach (var ofPack in blobs.GroupBy(blob => blob.Location.Pack))
        {
            PackRead? read = null;
            foreach (var blob in ofPack.OrderBy(blob => blob.Location.Offset))
            {
                var end = (long)blob.Location.Offset + blob.Location.Length;
                if (read is null || blob.Location.Offset - read.End > maxGap || end - read.Offset > maxLength)
                    reads.Add(read = new PackRead(ofPack.Key, blob.Location.Offset));
                read._blobs.Add(blob);
                read.End = Math.Max(read.End, end);
            }
        }

        return reads;
    }

    /// <summary>The sealed bytes of one of the blobs in what was read.</summary>
    public ReadOnlyMemory<byte> Slice(ReadOnlyMemory<byte> read, in IndexedBlob blob) => read.Slice((int)(blob.Location.Offset - Offset), blob.Location.Length);
}
