using System.Runtime.CompilerServices;
using BackupOnline.Engine.Images;
using Microsoft.Win32.SafeHandles;

namespace BackupOnline.Images;

/// <summary>A raw image in a file, its holes known, and what was written to it since it was made known as a hypervisor's bitmap knows it: in granules.</summary>
internal sealed class DiskFile(string path, long size, IReadOnlyList<ImageExtent> data) : IDisposable
{
    /// <summary>Bytes; QEMU's default granularity of dirty bitmaps.</summary>
    public const int Granule = 64 << 10;

    private readonly SafeFileHandle _file = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
    private readonly SortedSet<long> _dirty = [];
    private long _read;

    public string Path => path;

    public long BytesRead => Interlocked.Read(ref _read);

    /// <summary>Bytes that were written, each place counted once.</summary>
    public long BytesWritten { get; private set; }

    public void Write(long offset, ReadOnlySpan<byte> bytes)
    {
        RandomAccess.Write(_file, bytes, offset);
        BytesWritten += bytes.Length;
        for (var granule = offset / Granule; granule * Granule < offset + bytes.Length; granule++)
            _dirty.Add(granule);
    }

    /// <summary>Somebody else wrote to the file.</summary>
    /// <param name="bytes">So many.</param>
    /// <param name="granules">That are not what they were.</param>
    public void Wrote(long bytes, IEnumerable<long> granules)
    {
        BytesWritten += bytes;
        _dirty.UnionWith(granules);
    }

    public long DirtyBytes => (long)_dirty.Count * Granule;

    public IImageSource Full() => new Source(this, isIncremental: false, data);

    public IImageSource Incremental() => new Source(this, isIncremental: true, [.. Runs()]);

    public void Dispose() => _file.Dispose();

    private IEnumerable<ImageExtent> Runs()
    {
        var (start, next) = (-1L, -1L);
        foreach (var granule in _dirty.Append(long.MaxValue))
        {
            if (granule != next)
            {
                if (start >= 0)
                    yield return new ImageExtent(start * Granule, Math.Min(next * Granule, size) - (start * Granule), IsZero: false);
                start = granule;
            }

            next = granule + 1;
        }
    }

    private sealed class Source(DiskFile disk, bool isIncremental, IReadOnlyList<ImageExtent> extents) : IImageSource
    {
        public string Name => "disk0.raw";

        public long Size { get; } = RandomAccess.GetLength(disk._file);

        public bool IsIncremental => isIncremental;

        public async IAsyncEnumerable<ImageExtent> ExtentsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
        {
            await Task.CompletedTask;
            foreach (var extent in extents)
                yield return extent;
        }

        public ValueTask ReadAsync(long offset, Memory<byte> buffer, CancellationToken cancellationToken)
        {
            Interlocked.Add(ref disk._read, buffer.Length);
            while (!buffer.IsEmpty)
            {
                var read = RandomAccess.Read(disk._file, buffer.Span, offset);
                if (read == 0)
                    throw new EndOfStreamException($"{disk.Path} ends at {offset}.");
                (offset, buffer) = (offset + read, buffer[read..]);
            }

            return ValueTask.CompletedTask;
        }
    }
}
