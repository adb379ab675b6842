using BackupOnline.Engine.Buffers;
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

    // Below this the heap serves as well.
    private const int SmallBytes = 64 << 10;

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
        CheckName(name, stored);
        return Plain(name, cipher.TryOpen(stored) ?? throw Forged(name)).ToArray();
    }

    /// <summary>As the other overload, in lent buffers where the object is large, as an index is: the heap would keep it for long. The span is good within <paramref name="take"/> only.</summary>
    public static void Open(RepositoryCipher cipher, ObjectName name, ReadOnlySpan<byte> stored, Action<ReadOnlySpan<byte>> take)
    {
        if (stored.Length < SmallBytes)
        {
            take(Open(cipher, name, stored));
            return;
        }

        CheckName(name, stored);
        using var opened = NativeBuffers.RentForBlob(stored.Length - RepositoryCipher.Overhead);
        if (!cipher.TryOpen(stored, opened.Span))
            throw Forged(name);
        var length = opened.Span[0] == CompressedMark ? Zstd.PlainLength(opened.Span[1..]) : null;
        if (length is null or > MaxPlainBytes)
        {
            take(Plain(name, opened.Span));
            return;
        }

        using var plain = NativeBuffers.RentForPack((int)length);
        take(Zstd.TryDecompress(opened.Span[1..], plain.Span) ? plain.Span : throw Undecodable(name));
    }

    private static void CheckName(ObjectName name, ReadOnlySpan<byte> stored)
    {
        if (ObjectId.Of(stored) != name.Id)
            throw Damaged.Object(name, "its content does not match its name");
    }

    private static ReadOnlySpan<byte> Plain(ObjectName name, ReadOnlySpan<byte> opened)
    {
        if (opened.Length > 0 && opened[0] is (byte)'{' or (byte)'[')
            return opened;
        if (opened.Length == 0 || opened[0] != CompressedMark)
            throw Damaged.Object(name, "it is written in an encoding that this program does not know");
        return Zstd.Decompress(opened[1..], MaxPlainBytes) ?? throw Undecodable(name);
    }

    private static RepositoryException Forged(ObjectName name) => Damaged.Object(name, "its authentication code does not fit");

    private static RepositoryException Undecodable(ObjectName name) => Damaged.Object(name, "it cannot be decompressed");
}
