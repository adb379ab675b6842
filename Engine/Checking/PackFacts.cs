using BackupOnline.Engine.Crypto;
using BackupOnline.Engine.Ids;
using BackupOnline.Engine.Index;
using BackupOnline.Engine.Packs;

namespace BackupOnline.Engine.Checking;

/// <summary>
/// What the index says of one pack, in a few numbers: with millions of blobs only the packs are kept in memory. Two equal sums of entries mean equal
/// entries; when they differ, the entries themselves are looked up.
/// </summary>
internal sealed class PackFacts
{
    private const int PlainEntryBytes = PackHeader.MaxEntryBytes - sizeof(uint);

    /// <summary>Number of entries.</summary>
    public int Count { get; private set; }

    /// <summary>The length that a pack of exactly these blobs has, header included, in bytes.</summary>
    public long ExpectedLength { get; private set; } = RepositoryCipher.Overhead + PackHeader.TrailerBytes;

    /// <summary>A sum over the entries that does not depend on their order.</summary>
    public ulong Fingerprint { get; private set; }

    /// <summary>Bytes in the store; null when the pack is not there.</summary>
    public long? StoredLength { get; set; }

    public static PackFacts Of(IEnumerable<IndexedBlob> blobs)
    {
        var facts = new PackFacts();
        foreach (var blob in blobs)
            facts.Add(blob);
        return facts;
    }

    public void Add(in IndexedBlob blob)
    {
        Count++;
        ExpectedLength += blob.Location.Length + (blob.Location.IsCompressed ? PackHeader.MaxEntryBytes : PlainEntryBytes);
        Span<byte> id = stackalloc byte[BlobId.ByteLength];
        blob.Id.CopyTo(id);
        var hash = BitConverter.ToUInt64(id) ^ ((ulong)blob.Location.Offset << 32) ^ ((ulong)blob.Location.Length << 3) ^ ((ulong)blob.Location.PlainLength << 20)
            ^ (ulong)blob.Type;

        // The finalizer of splitmix64: without it, swapped offsets could cancel out in the sum.
        hash = (hash ^ (hash >> 30)) * 0xbf58476d1ce4e5b9;
        hash = (hash ^ (hash >> 27)) * 0x94d049bb133111eb;
        Fingerprint += hash ^ (hash >> 31);
    }

    public bool Matches(PackFacts other) => Count == other.Count && Fingerprint == other.Fingerprint;
}
