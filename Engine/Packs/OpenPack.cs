using System.Runtime.InteropServices;
using BackupOnline.Engine.Blobs;
using BackupOnline.Engine.Crypto;
using BackupOnline.Engine.Ids;

namespace BackupOnline.Engine.Packs;

/// <summary>A pack being filled. Not thread-safe: its slot's lock is.</summary>
internal sealed class OpenPack(PackBuffer buffer, RepositoryCipher cipher)
{
    private readonly List<PackedBlob> _blobs = [];

    public PackBuffer Buffer { get; } = buffer;

    public IReadOnlyList<PackedBlob> Blobs => _blobs;

    /// <summary>Bytes so far; after <see cref="Finish"/> those of the whole pack.</summary>
    public int Length { get; private set; }

    public ReadOnlyMemory<byte> Bytes => Buffer.Memory[..Length];

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

    /// <summary>Appends the header; the pack's name is then the hash of its bytes.</summary>
    public ObjectId Finish()
    {
        Length += PackHeader.Write(cipher, CollectionsMarshal.AsSpan(_blobs), Buffer.GetSpan()[Length..]);
        return ObjectId.Of(Bytes.Span);
    }
}
