using System.Buffers.Binary;
using BackupOnline.Engine.Crypto;
using BackupOnline.Engine.Ids;
using BackupOnline.Engine.Index;
using BackupOnline.Engine.Stores;

namespace BackupOnline.Engine.Packs;

/// <summary>Reads a pack's header from its end: one read for packs of up to some 390 blobs, two for others.</summary>
internal static class PackHeaderReader
{
    private const int FirstRead = 16 << 10;

    public static async Task<IReadOnlyList<IndexedBlob>> ReadAsync(
        IRepositoryStore store, RepositoryCipher cipher, ObjectId pack, long packLength, CancellationToken cancellationToken)
    {
        var name = new ObjectName(ObjectKind.Data, pack);
        var tail = new byte[Math.Min(packLength, FirstRead)];
        if (tail.Length < PackHeader.TrailerBytes + RepositoryCipher.Overhead)
            throw PackHeader.Broken(pack);
        await store.ReadRangeAsync(name, packLength - tail.Length, tail, cancellationToken);
        var sealedLength = BinaryPrimitives.ReadUInt32LittleEndian(tail.AsSpan(tail.Length - PackHeader.TrailerBytes));
        var headerOffset = packLength - PackHeader.TrailerBytes - sealedLength;
        if (sealedLength is < RepositoryCipher.Overhead or > PackHeader.MaxSealedBytes || headerOffset < 0)
            throw PackHeader.Broken(pack);

        var sealedHeader = new byte[sealedLength];
        if (sealedLength + PackHeader.TrailerBytes <= tail.Length)
            tail.AsSpan(tail.Length - PackHeader.TrailerBytes - (int)sealedLength, (int)sealedLength).CopyTo(sealedHeader);
        else
            await store.ReadRangeAsync(name, headerOffset, sealedHeader, cancellationToken);
        return PackHeader.Parse(pack, cipher.TryOpen(sealedHeader) ?? throw PackHeader.Broken(pack), headerOffset);
    }
}
