using System.Buffers.Binary;
using BackupOnline.Engine.Blobs;
using BackupOnline.Engine.Crypto;
using BackupOnline.Engine.Ids;
using BackupOnline.Engine.Index;
using BackupOnline.Engine.Repositories;

namespace BackupOnline.Engine.Packs;

/// <summary>
/// The list at a pack's end: one entry per blob in order, so that offsets are implied. Type (1), sealed length (4, little-endian),
/// plain length (4) if compressed, id (32). Sealed as a whole and followed by its sealed length (4).
/// </summary>
internal static class PackHeader
{
    /// <summary>The format's bound on a sealed header.</summary>
    public const int MaxSealedBytes = 16 << 20;

    public const int MaxEntryBytes = 1 + 4 + 4 + BlobId.ByteLength;
    public const int TrailerBytes = 4;

    private const int PlainEntryBytes = 1 + 4 + BlobId.ByteLength;
    private const byte CompressedBit = 2;

    /// <summary>Bytes that header and trailer take at most for so many blobs.</summary>
    public static int MaxBytes(int blobs) => (blobs * MaxEntryBytes) + RepositoryCipher.Overhead + TrailerBytes;

    /// <summary>Writes sealed header and trailer; gives the bytes written.</summary>
    public static int Write(RepositoryCipher cipher, ReadOnlySpan<PackedBlob> blobs, Span<byte> destination)
    {
        var plain = new byte[blobs.Length * MaxEntryBytes];
        var at = 0;
        foreach (ref readonly var blob in blobs)
        {
            plain[at] = (byte)((byte)blob.Type | (blob.IsCompressed ? CompressedBit : 0));
            BinaryPrimitives.WriteInt32LittleEndian(plain.AsSpan(at + 1), blob.Length);
            at += 5;
            if (blob.IsCompressed)
            {
                BinaryPrimitives.WriteInt32LittleEndian(plain.AsSpan(at), blob.PlainLength);
                at += 4;
            }

            blob.Id.CopyTo(plain.AsSpan(at));
            at += BlobId.ByteLength;
        }

        cipher.Seal(plain.AsSpan(0, at), destination);
        var sealedLength = at + RepositoryCipher.Overhead;
        BinaryPrimitives.WriteInt32LittleEndian(destination[sealedLength..], sealedLength);
        return sealedLength + TrailerBytes;
    }

    /// <summary>Reads an opened header; the blobs must fill the pack's first <paramref name="headerOffset"/> bytes exactly.</summary>
    public static List<IndexedBlob> Parse(ObjectId pack, ReadOnlySpan<byte> plain, long headerOffset)
    {
        var blobs = new List<IndexedBlob>(plain.Length / PlainEntryBytes);
        long offset = 0;
        while (!plain.IsEmpty)
        {
            var compressed = (plain[0] & CompressedBit) != 0;
            var entryBytes = compressed ? MaxEntryBytes : PlainEntryBytes;
            if (plain[0] > 3 || plain.Length < entryBytes)
                throw Broken(pack);
            var type = (BlobType)(plain[0] & 1);
            var length = BinaryPrimitives.ReadUInt32LittleEndian(plain[1..]);
            var plainLength = compressed ? BinaryPrimitives.ReadUInt32LittleEndian(plain[5..]) : length - RepositoryCipher.Overhead;
            if (length is < RepositoryCipher.Overhead or > int.MaxValue || plainLength > int.MaxValue || offset + length > headerOffset)
                throw Broken(pack);
            var id = BlobId.FromBytes(plain[(entryBytes - BlobId.ByteLength)..entryBytes]);
            blobs.Add(new IndexedBlob(type, id, new BlobLocation(pack, (uint)offset, (int)length, (int)plainLength, compressed)));
            offset += length;
            plain = plain[entryBytes..];
        }

        return offset == headerOffset ? blobs : throw Broken(pack);
    }

    public static RepositoryException Broken(ObjectId pack) =>
        Damaged.Object(new ObjectName(ObjectKind.Data, pack), "the list of blobs at its end cannot be read");
}
