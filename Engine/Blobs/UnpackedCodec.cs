using BackupOnline.Engine.Crypto;
using BackupOnline.Engine.Ids;
using BackupOnline.Engine.Repositories;

namespace BackupOnline.Engine.Blobs;

/// <summary>
/// Seals and opens the JSON of indexes, snapshots and locks: byte 2 and a zstd frame, or raw JSON, which earlier repositories have.
/// </summary>
internal static class UnpackedCodec
{
    private const byte CompressedMark = 2;
    private const int Level = 3;

    // An index of 50,000 blobs is some 10 MB; old clients merged without a bound.
    private const int MaxPlainBytes = 512 << 20;

    public static byte[] Seal(RepositoryCipher cipher, ReadOnlySpan<byte> json)
    {
        var marked = new byte[1 + Zstd.MaxCompressedLength(json.Length)];
        marked[0] = CompressedMark;
        var length = 1 + Zstd.Compress(json, marked.AsSpan(1), Level);
        return cipher.Seal(marked.AsSpan(0, length));
    }

    /// <summary>Checks the name's hash, then the MAC, then opens. Corrupt when anything does not fit.</summary>
    public static byte[] Open(RepositoryCipher cipher, ObjectName name, ReadOnlySpan<byte> stored)
    {
        if (ObjectId.Of(stored) != name.Id)
            throw Damaged.Object(name, "its content does not match its name");
        var plain = cipher.TryOpen(stored) ?? throw Damaged.Object(name, "its authentication code does not fit");
        if (plain.Length > 0 && plain[0] is (byte)'{' or (byte)'[')
            return plain;
        if (plain.Length == 0 || plain[0] != CompressedMark)
            throw Damaged.Object(name, "it is written in an encoding that this program does not know");
        return Zstd.Decompress(plain.AsSpan(1), MaxPlainBytes) ?? throw Damaged.Object(name, "it cannot be decompressed");
    }
}
