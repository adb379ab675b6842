using System.Runtime.CompilerServices;
using BackupOnline.Agent.Hypervisors;
using BackupOnline.Engine.Images;

namespace BackupOnline.Agent.Points;

/// <summary>A disk of an open point as the engine reads images. A point that broke ends the reading, so that nothing of it becomes a snapshot.</summary>
internal sealed class PointImage(IConsistentPoint point, IPointDisk disk, string name) : IImageSource
{
    private long _changed;
    private long _read;

    public string Name => name;

    public long Size => disk.Size;

    public bool IsIncremental => disk.Basis is DiskBasis.Incremental;

    public DiskTraffic Traffic => new(Interlocked.Read(ref _changed), Interlocked.Read(ref _read));

    public async IAsyncEnumerable<ImageExtent> ExtentsAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (var extent in disk.ExtentsAsync(cancellationToken))
        {
            if (IsIncremental || extent.Kind == ExtentKind.Data)
                Interlocked.Add(ref _changed, extent.Length);
            yield return new ImageExtent(extent.Offset, extent.Length, extent.Kind == ExtentKind.Zero);
        }

        if (await point.BrokenAsync(cancellationToken) is { } reason)
            throw new HypervisorException(HypervisorFault.PointBroken, "point-broken", reason);
    }

    public async ValueTask ReadAsync(long offset, Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        await disk.ReadAsync(offset, buffer, cancellationToken);
        Interlocked.Add(ref _read, buffer.Length);
    }
}
