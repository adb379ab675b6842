using System.Runtime.CompilerServices;
using BackupOnline.Agent.Hypervisors.Vhdx;

namespace BackupOnline.Agent.Hypervisors.HyperV;

/// <summary>A disk file of a checkpoint, which does not change. Its data come through the host; which parts were never written is read from the file's own tables.</summary>
internal sealed class HyperVPointDisk(IHyperVHost host, string path, string id, HyperVDiskFacts facts, DiskBasis basis, IReadOnlyList<Extent>? changes) : IPointDisk, IAsyncDisposable
{
    private readonly SemaphoreSlim _opening = new(1);
    private IHyperVDisk? _disk;

    public string DiskId => id;

    public long Size => facts.Size;

    public DiskBasis Basis => basis;

    public async IAsyncEnumerable<Extent> ExtentsAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        foreach (var extent in changes is null ? Map() : ExtentOverlap.Of(changes, Map()))
        {
            cancellation.ThrowIfCancellationRequested();
            yield return extent;
        }

        await Task.CompletedTask;
    }

    public async ValueTask ReadAsync(long offset, Memory<byte> buffer, CancellationToken cancellation)
    {
        if (offset < 0 || offset > Size - buffer.Length)
            throw new ArgumentOutOfRangeException(nameof(offset), offset, $"outside of a disk of {Size} bytes");
        try
        {
            var disk = await DiskAsync(cancellation);
            var (before, after) = ((int)(offset % facts.SectorSize), (int)(-(offset + buffer.Length) % facts.SectorSize + facts.SectorSize) % facts.SectorSize);
            if (before == 0 && after == 0)
            {
                await disk.ReadAsync(offset, buffer, cancellation);
                return;
            }

            var whole = new byte[before + buffer.Length + after];
            await disk.ReadAsync(offset - before, whole, cancellation);
            whole.AsSpan(before, buffer.Length).CopyTo(buffer.Span);
        }
        catch (Exception failure) when (failure is IOException or VhdxException or UnauthorizedAccessException)
        {
            throw new HypervisorException(HypervisorFault.PointBroken, "hyperv-read-failed", $"{path}: {failure.Message}", failure);
        }
    }

    /// <summary>The host can only remove or convert a checkpoint whose files nobody holds.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disk, null) is { } disk)
            await disk.DisposeAsync();
    }

    private async Task<IHyperVDisk> DiskAsync(CancellationToken cancellation)
    {
        if (_disk is { } open)
            return open;
        await _opening.WaitAsync(cancellation);
        try
        {
            return _disk ??= await host.OpenDiskAsync(path, cancellation);
        }
        finally
        {
            _opening.Release();
        }
    }

    /// <summary>All of it as data where the tables cannot be read: more to read, and never less.</summary>
    private List<Extent> Map()
    {
        try
        {
            using var tables = VhdxDisk.Open(path);
            if (tables.Size == Size)
                return [.. tables.Extents()];
        }
        catch (Exception unreadable) when (unreadable is VhdxException or IOException or UnauthorizedAccessException)
        {
            // A .vhd, or a file that the host does not share.
        }

        return [new Extent(0, Size, ExtentKind.Data)];
    }
}
