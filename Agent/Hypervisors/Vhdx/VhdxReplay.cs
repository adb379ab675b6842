namespace BackupOnline.Agent.Hypervisors.Vhdx;

/// <summary>What a log would write into its file [2.3.3], kept in memory and laid over each read. Bounded by the log's own length.</summary>
internal sealed class VhdxReplay
{
    public static readonly VhdxReplay Nothing = new();

    private readonly Dictionary<long, byte[]> _sectors = [];
    private readonly List<(long Offset, long Length)> _zeros = [];

    /// <summary>The file is at least this long afterwards.</summary>
    public long FileLength { get; private set; }

    public void Grow(long length) => FileLength = Math.Max(FileLength, length);

    /// <param name="offset">A multiple of <see cref="VhdxFormat.LogSector"/>.</param>
    public void Write(long offset, byte[] sector)
    {
        _sectors[offset] = sector;
        Grow(offset + sector.Length);
    }

    public void Zero(long offset, long length)
    {
        foreach (var gone in _sectors.Keys.Where(at => at >= offset && at < offset + length).ToList())
            _sectors.Remove(gone);
        _zeros.Add((offset, length));
    }

    public void Overlay(long offset, Span<byte> buffer)
    {
        foreach (var (start, length) in _zeros)
        {
            var (from, to) = (Math.Max(start, offset), Math.Min(start + length, offset + buffer.Length));
            if (from < to)
                buffer[(int)(from - offset)..(int)(to - offset)].Clear();
        }

        if (_sectors.Count == 0)
            return;
        for (var at = offset / VhdxFormat.LogSector * VhdxFormat.LogSector; at < offset + buffer.Length; at += VhdxFormat.LogSector)
        {
            if (!_sectors.TryGetValue(at, out var sector))
                continue;
            var (from, to) = (Math.Max(at, offset), Math.Min(at + sector.Length, offset + buffer.Length));
            sector.AsSpan((int)(from - at), (int)(to - from)).CopyTo(buffer[(int)(from - offset)..]);
        }
    }
}
