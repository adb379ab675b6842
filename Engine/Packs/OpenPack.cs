using System.Runtime.InteropServices;
using BackupOnline.Engine.Blobs;
using BackupOnline.Engine.Buffers;
using BackupOnline.Engine.Crypto;
using BackupOnline.Engine.Ids;
using BackupOnline.Engine.Repositories;

namespace BackupOnline.Engine.Packs;

/// <summary>A pack being filled. Not thread-safe: its slot's lock is.</summary>
internal sealed class OpenPack(NativeBuffer buffer, RepositoryCipher cipher)
{
    private readonly List<PackedBlob> _blobs = [];

    public NativeBuffer Buffer { get; } = buffer;

    public IReadOnlyList<PackedBlob> Blobs => _blobs;

    /// <summary>Bytes so far; after <see cref="Finish"/> those of the whole pack.</summary>
    public int Length { get; private set; }

    public ReadOnlyMemory<byte> Bytes => Buffer.Memory[..Length];

    /// <summary>
    /// Bytes at which a slot closes its first pack: every other slot at half the usual size. Packs that are filled by turns would else be full, and in memory whole, at the same time.
    /// </summary>
    public static int FirstLimit(int slot, int packSize) => slot % 2 == 0 ? packSize : packSize / 2;

    /// <summary>Whether a blob of this sealed length and the header that it then takes still fit.</summary>
    public bool HasRoomFor(int sealedLength)
    {
        var header = PackHeader.MaxBytes(_blobs.Count + 1);
        return header <= PackHeader.MaxSealedBytes && (long)Length + sealedLength + header <= Buffer.Capacity;
    }

    /// <summary>Seals the payload (plain bytes or a zstd frame) behind the blobs that are there. Gives the sealed length.</summary>
    public int Add(BlobType type, BlobId id, ReadOnlySpan<byte> payload, int plainLength, bool isCompressed)
    {
        var sealedLength = payload.Length + RepositoryCipher.Overhead;
        cipher.Seal(payload, Buffer.GetSpan().Slice(Length, sealedLength));
        _blobs.Add(new PackedBlob(type, id, (uint)Length, sealedLength, plainLength, isCompressed));
        Length += sealedLength;
        return sealedLength;
    }

    /// <summary>
    /// Opens, decompresses and hashes every blob as a restore would: what the processor or the memory spoilt on the way must not pass for a backup.
    /// </summary>
    /// <exception cref="RepositoryException">Corrupt: a blob does not come back as it was.</exception>
    public void Verify()
    {
        using var plain = NativeBuffers.RentForBlob(_blobs.Count == 0 ? 0 : _blobs.Max(blob => blob.PlainLength));
        foreach (var blob in _blobs)
        {
            var sealedBytes = Buffer.GetSpan().Slice((int)blob.Offset, blob.Length);
            if (BlobDecoder.Decode(cipher, blob.Id, blob.IsCompressed, sealedBytes, plain.Span[..blob.PlainLength]) is { } wrong)
                throw Damaged.BeforeUpload(blob.Type, blob.Id, wrong);
        }
    }

    /// <summary>Puts a blob that is sealed already behind the blobs that are there: each is sealed for itself, so its bytes are good in any pack.</summary>
    public void AddSealed(BlobType type, BlobId id, ReadOnlySpan<byte> sealedBytes, int plainLength, bool isCompressed)
    {
        sealedBytes.CopyTo(Buffer.GetSpan()[Length..]);
        _blobs.Add(new PackedBlob(type, id, (uint)Length, sealedBytes.Length, plainLength, isCompressed));
        Length += sealedBytes.Length;
    }

    /// <summary>Appends the header; the pack's name is then the hash of its bytes.</summary>
    public ObjectId Finish()
    {
        Length += PackHeader.Write(cipher, CollectionsMarshal.AsSpan(_blobs), Buffer.GetSpan()[Length..]);
        return ObjectId.Of(Bytes.Span);
    }
}
