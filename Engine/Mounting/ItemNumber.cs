using System.Buffers.Binary;
using System.Security.Cryptography;
using BackupOnline.Engine.Files;
using BackupOnline.Engine.Ids;
using BackupOnline.Engine.Trees;

namespace BackupOnline.Engine.Mounting;

/// <summary>Inode numbers that need no table: a hash of what an item is. Two of a million items meet with a chance of one in forty million.</summary>
internal static class ItemNumber
{
    /// <summary>An entry of a folder.</summary>
    public static ulong Of(ulong folder, RawPath name)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Add(hash, folder);
        hash.AppendData(name.Bytes);
        return End(hash);
    }

    /// <summary>One of several names of a file in a snapshot. Its content counts too: a file that changed while it was saved is not the same under both names.</summary>
    public static ulong OfHardLink(ulong snapshotRoot, TreeNode file)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Add(hash, snapshotRoot);
        Add(hash, file.DeviceId);
        Add(hash, file.Inode);
        Span<byte> id = stackalloc byte[BlobId.ByteLength];
        foreach (var blob in file.Content ?? [])
        {
            blob.CopyTo(id);
            hash.AppendData(id);
        }

        return End(hash);
    }

    private static void Add(IncrementalHash hash, ulong number)
    {
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, number);
        hash.AppendData(bytes);
    }

    private static ulong End(IncrementalHash hash)
    {
        Span<byte> bytes = stackalloc byte[SHA256.HashSizeInBytes];
        hash.GetHashAndReset(bytes);

        // 0 means none, and 1 the root.
        return Math.Max(2, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
    }
}
