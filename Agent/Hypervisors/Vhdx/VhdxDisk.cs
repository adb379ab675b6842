namespace BackupOnline.Agent.Hypervisors.Vhdx;

/// <summary>
/// A virtual disk in a VHDX file, fixed, dynamic or differencing with its parents. Read only: nothing on the host is changed, a log is replayed in memory.
/// Written from [MS-VHDX]; numbers in brackets in this folder are its sections. Reads may run in parallel.
/// </summary>
internal sealed class VhdxDisk : IDisposable
{
    private readonly VhdxBytes _file;
    private readonly VhdxBlockTable _blocks;
    private readonly VhdxDisk? _parent;

    private VhdxDisk(VhdxBytes file, VhdxHeader header, VhdxMetadata metadata, VhdxBlockTable blocks, VhdxDisk? parent) =>
        (_file, Header, Metadata, _blocks, _parent) = (file, header, metadata, blocks, parent);

    public VhdxHeader Header { get; }

    public VhdxMetadata Metadata { get; }

    /// <summary>Bytes.</summary>
    public long Size => Metadata.Size;

    public VhdxDisk? Parent => _parent;

    public string Path => _file.Path;

    /// <exception cref="VhdxException">Not a VHDX, damaged, or its parent is missing or another one.</exception>
    public static VhdxDisk Open(string path) => VhdxChain.Open(path);

    /// <summary>Takes over the file and the parent that <paramref name="parentOf"/> finds.</summary>
    internal static VhdxDisk Open(VhdxBytes file, Func<VhdxMetadata, VhdxDisk?> parentOf)
    {
        Span<byte> signature = stackalloc byte[8];
        if (file.Length < VhdxFormat.Megabyte)
            throw VhdxException.Damaged(file.Path, "it is shorter than the head of a VHDX");
        file.Read(0, signature);
        if (BitConverter.ToUInt64(signature) != VhdxFormat.FileSignature)
            throw new VhdxException(file.Path, "it is not a VHDX file", "convert it with Convert-VHD or qemu-img convert -O vhdx (a .vhd is the older format)");
        var header = VhdxHeader.Read(file);
        VhdxLog.Replay(file, header);
        var regions = VhdxRegions.Read(file);
        var metadata = VhdxMetadata.Read(file, regions);
        var blocks = new VhdxBlockTable(file, regions, metadata);
        return new VhdxDisk(file, header, metadata, blocks, parentOf(metadata));
    }

    /// <summary>Reads exactly <paramref name="buffer"/>.Length bytes of the virtual disk.</summary>
    /// <exception cref="VhdxException">The file is damaged there.</exception>
    public async ValueTask ReadAsync(long offset, Memory<byte> buffer, CancellationToken cancellation)
    {
        if (offset < 0 || offset > Size - buffer.Length)
            throw new ArgumentOutOfRangeException(nameof(offset), offset, $"outside of a disk of {Size} bytes");
        while (buffer.Length > 0)
        {
            var (block, within) = Math.DivRem(offset, Metadata.BlockSize);
            var part = buffer[..(int)Math.Min(buffer.Length, Metadata.BlockSize - within)];
            var entry = Block(block);
            if (entry.State == VhdxBlockState.FullyPresent)
                await _file.ReadAsync(entry.Offset + within, part, cancellation);
            else if (entry.State == VhdxBlockState.PartiallyPresent)
                await ReadPartlyAsync(block, entry, within, part, cancellation);
            else if (entry.State == VhdxBlockState.NotPresent)
                await ReadParentAsync(offset, part, cancellation);
            else
                part.Span.Clear();
            (offset, buffer) = (offset + part.Length, buffer[part.Length..]);
        }
    }

    /// <summary>The whole disk in ascending extents: zeros are known from the tables of the chain, without reading data.</summary>
    public IEnumerable<Extent> Extents()
    {
        var (start, kind) = (0L, ExtentKind.Zero);
        for (long block = 0, at = 0; at < Size; block++, at += Metadata.BlockSize)
        {
            var found = HoldsData(at, Math.Min(Metadata.BlockSize, Size - at)) ? ExtentKind.Data : ExtentKind.Zero;
            if (found == kind)
                continue;
            if (at > start)
                yield return new Extent(start, at - start, kind);
            (start, kind) = (at, found);
        }

        yield return new Extent(start, Size - start, kind);
    }

    public void Dispose()
    {
        _file.Dispose();
        _parent?.Dispose();
    }

    private bool HoldsData(long offset, long length)
    {
        for (var end = Math.Min(offset + length, Size); offset < end;)
        {
            var (block, within) = Math.DivRem(offset, Metadata.BlockSize);
            var part = Math.Min(end - offset, Metadata.BlockSize - within);
            var entry = Block(block);
            if (entry.IsPresent || (entry.State == VhdxBlockState.NotPresent && _parent is not null && _parent.HoldsData(offset, part)))
                return true;
            offset += part;
        }

        return false;
    }

    private VhdxBlock Block(long block)
    {
        var entry = _blocks.Payload(block);
        if (!Enum.IsDefined(entry.State) || (entry.State == VhdxBlockState.PartiallyPresent && Metadata.Parent is null))
            throw VhdxException.Damaged(Path, $"block {block} is in a state that cannot be ({(int)entry.State})");
        if (entry.IsPresent && entry.Offset < VhdxFormat.Megabyte)
            throw VhdxException.Damaged(Path, $"block {block} lies in the head of the file");
        return entry;
    }

    private async ValueTask ReadParentAsync(long offset, Memory<byte> buffer, CancellationToken cancellation)
    {
        // A child may be larger than its parent: what is beyond reads as zeros.
        var held = _parent is null ? 0 : (int)Math.Clamp(_parent.Size - offset, 0, buffer.Length);
        if (held > 0)
            await _parent!.ReadAsync(offset, buffer[..held], cancellation);
        buffer.Span[held..].Clear();
    }

    private async ValueTask ReadPartlyAsync(long block, VhdxBlock entry, long within, Memory<byte> buffer, CancellationToken cancellation)
    {
        var bitmap = _blocks.Bitmap(block);
        if (bitmap.State != VhdxBlockState.FullyPresent || bitmap.Offset < VhdxFormat.Megabyte)
            throw VhdxException.Damaged(Path, $"block {block} is partly here, and its sector bitmap is missing");
        var (sector, start) = (Metadata.SectorSize, block * Metadata.BlockSize);
        // 2^23 sectors in a bitmap block, bit 0 of byte 0 first [2.4.2].
        var first = (start + within) / sector % (1L << 23);
        var bits = new byte[(first + (within % sector + buffer.Length + sector - 1) / sector - 1) / 8 - first / 8 + 1];
        await _file.ReadAsync(bitmap.Offset + first / 8, bits, cancellation);
        for (var at = 0; at < buffer.Length;)
        {
            var here = IsHere(at);
            var end = at;
            while (end < buffer.Length && IsHere(end) == here)
                end += sector - (int)((within + end) % sector);
            end = Math.Min(end, buffer.Length);
            if (here)
                await _file.ReadAsync(entry.Offset + within + at, buffer[at..end], cancellation);
            else
                await ReadParentAsync(start + within + at, buffer[at..end], cancellation);
            at = end;
        }

        bool IsHere(int at)
        {
            var bit = (start + within + at) / sector % (1L << 23) - first / 8 * 8;
            return (bits[bit / 8] >> (int)(bit % 8) & 1) != 0;
        }
    }
}
