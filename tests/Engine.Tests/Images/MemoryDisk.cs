using System.Runtime.CompilerServices;
using BackupOnline.Engine.Images;

namespace BackupOnline.Engine.Tests.Images;

/// <summary>A disk in memory that knows what was written to it since the last point, byte for byte, and tells what was read of it.</summary>
internal sealed class MemoryDisk(string name, int size)
{
    private readonly List<ImageExtent> _changes = [];
    private long _read;

    public byte[] Bytes { get; private set; } = new byte[size];

    public string Name => name;

    /// <summary>Bytes that sources of this disk were asked for.</summary>
    public long Read => Interlocked.Read(ref _read);

    public void Write(int offset, ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Bytes.AsSpan(offset));
        _changes.Add(new ImageExtent(offset, bytes.Length, IsZero: false));
    }

    /// <summary>As a guest's discard: the bytes become zeros, and the hypervisor knows it.</summary>
    public void Discard(int offset, int length)
    {
        Bytes.AsSpan(offset, length).Clear();
        _changes.Add(new ImageExtent(offset, length, IsZero: true));
    }

    public void Resize(int length)
    {
        var bytes = Bytes;
        Array.Resize(ref bytes, length);
        Bytes = bytes;
    }

    /// <summary>The whole disk: data, and zeros in whole sectors of 4096 bytes.</summary>
    public IImageSource Full()
    {
        _changes.Clear();
        var extents = new List<ImageExtent>();
        for (var at = 0; at < Bytes.Length; at += 4096)
        {
            var sector = Bytes.AsSpan(at, Math.Min(4096, Bytes.Length - at));
            var isZero = !sector.ContainsAnyExcept((byte)0);
            if (extents.Count > 0 && extents[^1].IsZero == isZero)
                extents[^1] = extents[^1] with { Length = extents[^1].Length + sector.Length };
            else
                extents.Add(new ImageExtent(at, sector.Length, isZero));
        }

        return new Source(this, isIncremental: false, extents);
    }

    /// <summary>What changed since the last source was made: ascending and disjoint, the last change of a place decides.</summary>
    public IImageSource Incremental()
    {
        var kinds = new byte[Bytes.Length];
        foreach (var change in _changes)
            kinds.AsSpan((int)change.Offset, (int)change.Length).Fill(change.IsZero ? (byte)2 : (byte)1);
        _changes.Clear();
        var extents = new List<ImageExtent>();
        for (var at = 0; at < kinds.Length;)
        {
            var run = kinds.AsSpan(at).IndexOfAnyExcept(kinds[at]) is var length and >= 0 ? length : kinds.Length - at;
            if (kinds[at] != 0)
                extents.Add(new ImageExtent(at, run, kinds[at] == 2));
            at += run;
        }

        return new Source(this, isIncremental: true, extents);
    }

    public IImageSource Saying(bool isIncremental, params ImageExtent[] extents) => new Source(this, isIncremental, extents);

    public IImageSource FailingAt(long offset, Exception failure) =>
        new Source(this, isIncremental: false, [new ImageExtent(0, Bytes.Length, false)]) { Fails = (offset, failure) };

    private sealed class Source(MemoryDisk disk, bool isIncremental, IReadOnlyList<ImageExtent> extents) : IImageSource
    {
        public (long Offset, Exception Failure)? Fails { get; init; }

        public string Name => disk.Name;

        public long Size => disk.Bytes.Length;

        public bool IsIncremental => isIncremental;

        public async IAsyncEnumerable<ImageExtent> ExtentsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
        {
            foreach (var extent in extents)
            {
                await Task.Yield();
                cancellationToken.ThrowIfCancellationRequested();
                yield return extent;
            }
        }

        public async ValueTask ReadAsync(long offset, Memory<byte> buffer, CancellationToken cancellationToken)
        {
            await Task.Yield();
            if (Fails is { } fails && offset >= fails.Offset)
                throw fails.Failure;
            Interlocked.Add(ref disk._read, buffer.Length);
            disk.Bytes.AsSpan((int)offset, buffer.Length).CopyTo(buffer.Span);
        }
    }
}
