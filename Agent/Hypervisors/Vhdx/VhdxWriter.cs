using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace BackupOnline.Agent.Hypervisors.Vhdx;

/// <summary>
/// Writes a new dynamic or differencing VHDX. Blocks are appended as they are first written; tables and headers come last, so that a file that was not completed
/// is no VHDX at all. Writes may run in parallel where they do not overlap. Disposing an unfinished writer removes the file.
/// </summary>
internal sealed class VhdxWriter : IDisposable
{
    private const int LogLength = VhdxFormat.Megabyte;
    private const long LogOffset = VhdxFormat.Megabyte;
    private const long MetadataOffset = 2 * VhdxFormat.Megabyte;
    private const long BatOffset = 3 * VhdxFormat.Megabyte;

    /// <summary>Bytes from which blocks are 32 MiB, as Hyper-V makes them, so that the block table stays small; smaller disks take less room with 2 MiB.</summary>
    private const long LargeDisk = 1L << 40;

    private readonly SafeFileHandle _file;
    private readonly string _path;
    private readonly VhdxMetadata _metadata;
    private readonly long _chunkRatio;
    private readonly ulong[] _table;
    private readonly long _tableLength;
    private readonly Dictionary<long, byte[]> _bitmaps = [];
    private readonly Lock _lock = new();
    private long _end;
    private bool _completed;

    private VhdxWriter(string path, VhdxMetadata metadata)
    {
        (_path, _metadata) = (path, metadata);
        _chunkRatio = VhdxFormat.ChunkRatio(metadata.SectorSize, metadata.BlockSize);
        var blocks = (metadata.Size + metadata.BlockSize - 1) / metadata.BlockSize;
        _table = new ulong[metadata.Parent is null ? blocks + (blocks - 1) / _chunkRatio : (blocks + _chunkRatio - 1) / _chunkRatio * (_chunkRatio + 1)];
        _tableLength = (_table.Length * sizeof(ulong) + VhdxFormat.Megabyte - 1L) / VhdxFormat.Megabyte * VhdxFormat.Megabyte;
        _end = BatOffset + _tableLength;
        _file = File.OpenHandle(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, FileOptions.Asynchronous);
    }

    /// <summary>What a child's parent locator names.</summary>
    public Guid DataWrite { get; } = Guid.NewGuid();

    /// <param name="path">Not there yet.</param>
    /// <param name="size">Bytes; a multiple of 512, at most 64 TiB.</param>
    public static VhdxWriter Create(string path, long size) => new(path, Described(size, null));

    /// <summary>A file that holds what differs from its parent, which lies in the same folder and must not change any more.</summary>
    public static VhdxWriter CreateChild(string path, VhdxDisk parent)
    {
        var name = Path.GetFileName(parent.Path);
        var locator = new VhdxParentLocator(parent.Header.DataWrite, null, $".\\{name}", null, OperatingSystem.IsWindows() ? $@"\\?\{parent.Path}" : parent.Path);
        return new VhdxWriter(path, Described(parent.Size, locator) with { DiskId = parent.Metadata.DiskId, SectorSize = parent.Metadata.SectorSize });
    }

    /// <summary>Writes at an offset of the virtual disk. Zeros where nothing was written take no room, unless they hide a parent's bytes.</summary>
    public async ValueTask WriteAsync(long offset, ReadOnlyMemory<byte> bytes, CancellationToken cancellation)
    {
        if (offset < 0 || offset > _metadata.Size - bytes.Length)
            throw new ArgumentOutOfRangeException(nameof(offset), offset, $"outside of a disk of {_metadata.Size} bytes");
        if (_metadata.Parent is not null && (offset % _metadata.SectorSize != 0 || bytes.Length % _metadata.SectorSize != 0))
            throw new ArgumentException("a differencing disk is written in whole sectors", nameof(bytes));
        while (bytes.Length > 0)
        {
            var (block, within) = Math.DivRem(offset, _metadata.BlockSize);
            var part = bytes[..(int)Math.Min(bytes.Length, _metadata.BlockSize - within)];
            if (Place(block, within, part.Span) is { } place)
                await RandomAccess.WriteAsync(_file, part, place + within, cancellation);
            (offset, bytes) = (offset + part.Length, bytes[part.Length..]);
        }
    }

    /// <summary>Makes it a VHDX: durable on return.</summary>
    public void Complete()
    {
        WriteBitmaps();
        RandomAccess.SetLength(_file, _end);
        RandomAccess.Write(_file, _metadata.ToBytes(), MetadataOffset);
        RandomAccess.Write(_file, TableBytes(), BatOffset);
        var regions = new VhdxRegions(BatOffset, _tableLength, MetadataOffset, VhdxFormat.Megabyte).ToBytes();
        RandomAccess.Write(_file, regions, VhdxFormat.FirstRegionTable);
        RandomAccess.Write(_file, regions, VhdxFormat.SecondRegionTable);
        RandomAccess.FlushToDisk(_file);
        var header = new VhdxHeader { Sequence = 1, FileWrite = Guid.NewGuid(), DataWrite = DataWrite, Log = Guid.Empty, LogLength = LogLength, LogOffset = LogOffset };
        RandomAccess.Write(_file, header.ToBytes(), VhdxFormat.FirstHeader);
        RandomAccess.Write(_file, (header with { Sequence = 2 }).ToBytes(), VhdxFormat.SecondHeader);
        RandomAccess.Write(_file, Identifier(), 0);
        RandomAccess.FlushToDisk(_file);
        _completed = true;
    }

    public void Dispose()
    {
        _file.Dispose();
        if (!_completed)
            File.Delete(_path);
    }

    private static VhdxMetadata Described(long size, VhdxParentLocator? parent)
    {
        if (size is <= 0 or > VhdxFormat.LargestDisk || size % 512 != 0)
            throw new ArgumentOutOfRangeException(nameof(size), size, "a disk is a multiple of 512 bytes, at most 64 TiB");
        var blockSize = size >= LargeDisk && parent is null ? 32 * VhdxFormat.Megabyte : 2 * VhdxFormat.Megabyte;
        return new VhdxMetadata { BlockSize = blockSize, Size = size, SectorSize = 512, DiskId = Guid.NewGuid(), Parent = parent };
    }

    /// <summary>"vhdxfile", then who made it, in UTF-16 [2.2.1].</summary>
    private static byte[] Identifier()
    {
        var bytes = new byte[64 * VhdxFormat.Kilobyte];
        BitConverter.TryWriteBytes(bytes, VhdxFormat.FileSignature);
        System.Text.Encoding.Unicode.GetBytes("Backup OnLine", bytes.AsSpan(8));
        return bytes;
    }

    private ReadOnlySpan<byte> TableBytes() => MemoryMarshal.AsBytes<ulong>(_table);

    /// <summary>Where in the file a block lies, made if need be; null: nothing has to be written.</summary>
    private long? Place(long block, long within, ReadOnlySpan<byte> bytes)
    {
        lock (_lock)
        {
            var index = block + block / _chunkRatio;
            var entry = VhdxBlock.Parse(_table[index]);
            if (!entry.IsPresent)
            {
                if (_metadata.Parent is null && !bytes.ContainsAnyExcept((byte)0))
                    return null;
                entry = new VhdxBlock(_metadata.Parent is null ? VhdxBlockState.FullyPresent : VhdxBlockState.PartiallyPresent, _end);
                _table[index] = entry.ToEntry();
                _end += _metadata.BlockSize;
                // The last block is whole, as Hyper-V makes it: what is not written reads as zeros.
                RandomAccess.SetLength(_file, _end);
            }

            if (_metadata.Parent is not null)
                Mark(block, within, bytes.Length);
            return entry.Offset;
        }
    }

    private void Mark(long block, long within, int length)
    {
        if (!_bitmaps.TryGetValue(block / _chunkRatio, out var bitmap))
            _bitmaps[block / _chunkRatio] = bitmap = new byte[VhdxFormat.Megabyte];
        var first = (block % _chunkRatio * _metadata.BlockSize + within) / _metadata.SectorSize;
        for (var sector = first; sector < first + length / _metadata.SectorSize; sector++)
            bitmap[sector / 8] |= (byte)(1 << (int)(sector % 8));
    }

    private void WriteBitmaps()
    {
        foreach (var (chunk, bitmap) in _bitmaps)
        {
            RandomAccess.Write(_file, bitmap, _end);
            _table[(chunk + 1) * (_chunkRatio + 1) - 1] = new VhdxBlock(VhdxBlockState.FullyPresent, _end).ToEntry();
            _end += bitmap.Length;
            var (perBlock, first) = (_metadata.BlockSize / _metadata.SectorSize / 8, chunk * _chunkRatio);
            for (var block = first; block < first + _chunkRatio && block + block / _chunkRatio < _table.Length; block++)
            {
                var entry = VhdxBlock.Parse(_table[block + chunk]);
                if (entry.IsPresent && !bitmap.AsSpan((int)(block - first) * perBlock, perBlock).ContainsAnyExcept((byte)0xFF))
                    _table[block + chunk] = (entry with { State = VhdxBlockState.FullyPresent }).ToEntry();
            }
        }
    }
}
