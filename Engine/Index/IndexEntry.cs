using System.Runtime.InteropServices;
using BackupOnline.Engine.Blobs;
using BackupOnline.Engine.Ids;

namespace BackupOnline.Engine.Index;

/// <summary>48 bytes: id, pack number and type in one word, offset, length, plain length.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 4)]
internal struct IndexEntry
{
    /// <summary>The blob is being saved; its pack has no name yet.</summary>
    public const uint Pending = PackMask;

    private const uint PackMask = 0x7FFF_FFFF;
    private const uint TreeBit = 0x8000_0000;

    public Hash256 Id;
    private uint _packAndType;
    public uint Offset;
    public int Length;

    /// <summary>-1: not compressed, so it follows from the length.</summary>
    public int CompressedPlainLength;

    public readonly BlobType Type => (_packAndType & TreeBit) != 0 ? BlobType.Tree : BlobType.Data;

    public readonly uint Pack => _packAndType & PackMask;

    public readonly bool Is(BlobType type, in Hash256 id) => Id == id && Type == type;

    public void Set(BlobType type, uint pack) => _packAndType = pack | (type == BlobType.Tree ? TreeBit : 0);
}
