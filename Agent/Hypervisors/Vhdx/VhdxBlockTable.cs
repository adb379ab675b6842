using System.Buffers.Binary;
using System.Collections.Concurrent;

namespace BackupOnline.Agent.Hypervisors.Vhdx;

/// <summary>The block table [2.5], read in pages as it is needed: it may be 512 MiB long. Reads may run in parallel.</summary>
internal sealed class VhdxBlockTable
{
    private const int PageLength = 64 * VhdxFormat.Kilobyte;

    /// <summary>4 MiB of pages; more are dropped and read again.</summary>
    private const int MostPages = 64;

    private readonly VhdxBytes _file;
    private readonly long _offset;
    private readonly long _chunkRatio;
    private readonly ConcurrentDictionary<long, byte[]> _pages = new();

    public VhdxBlockTable(VhdxBytes file, VhdxRegions regions, VhdxMetadata metadata)
    {
        (_file, _offset) = (file, regions.BatOffset);
        _chunkRatio = VhdxFormat.ChunkRatio(metadata.SectorSize, metadata.BlockSize);
        var blocks = (metadata.Size + metadata.BlockSize - 1) / metadata.BlockSize;
        var entries = metadata.Parent is null ? blocks + (blocks - 1) / _chunkRatio : (blocks + _chunkRatio - 1) / _chunkRatio * (_chunkRatio + 1);
        if (entries * sizeof(ulong) > regions.BatLength)
            throw VhdxException.Damaged(file.Path, $"its block table of {regions.BatLength} bytes is too short for a disk of {metadata.Size} bytes");
    }

    public VhdxBlock Payload(long block) => At(block + block / _chunkRatio);

    /// <summary>The sector bitmap of the chunk in which a payload block lies; where entries are interleaved, it follows its chunk.</summary>
    public VhdxBlock Bitmap(long block) => At((block / _chunkRatio + 1) * (_chunkRatio + 1) - 1);

    private VhdxBlock At(long index)
    {
        var (page, at) = Math.DivRem(index * sizeof(ulong), PageLength);
        if (!_pages.TryGetValue(page, out var bytes))
        {
            if (_pages.Count >= MostPages)
                _pages.Clear();
            bytes = new byte[PageLength];
            _file.Read(_offset + page * PageLength, bytes);
            _pages[page] = bytes;
        }

        return VhdxBlock.Parse(BinaryPrimitives.ReadUInt64LittleEndian(bytes.AsSpan((int)at)));
    }
}
