using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using BackupOnline.Agent.Hypervisors.Nbd;

namespace BackupOnline.Agent.Hypervisors.Qemu;

/// <summary>A disk of an open point, read over NBD: one connection for each read that runs at the same time, taken from those that are idle.</summary>
internal sealed class QemuPointDisk(QemuDiskPlan plan, NbdAddress address, Func<Exception, HypervisorException> broken, TimeProvider time) : IPointDisk, IAsyncDisposable
{
    // QEMU answers from its own disks: silence for that long is its death.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);
    private readonly ConcurrentBag<NbdConnection> _idle = [];

    public string DiskId => plan.DiskId;

    public long Size => plan.Disk.Size;

    public DiskBasis Basis => plan.Basis;

    public async IAsyncEnumerable<Extent> ExtentsAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        // Neighbours of one kind come as one.
        Extent? held = null;
        await foreach (var extent in plan.BaseBitmap is { } bitmap ? ChangedAsync(bitmap, cancellation) : AllocationAsync(0, Size, cancellation))
        {
            if (held is { } before && before.End == extent.Offset && before.Kind == extent.Kind)
            {
                held = before with { Length = before.Length + extent.Length };
                continue;
            }

            if (held is { } whole)
                yield return whole;
            held = extent;
        }

        if (held is { } last)
            yield return last;
    }

    public async ValueTask ReadAsync(long offset, Memory<byte> buffer, CancellationToken cancellation)
    {
        if (buffer.Length == 0)
            return;
        await using var lease = await TakeAsync(cancellation);
        try
        {
            await lease.Connection.ReadAsync(offset, buffer, cancellation);
            lease.GiveBack();
        }
        catch (NbdException failure)
        {
            throw broken(failure);
        }
    }

    public async ValueTask DisposeAsync()
    {
        while (_idle.TryTake(out var connection))
            await connection.DisposeAsync();
    }

    /// <summary>Dirty runs first, and within them what is known to be zero: the cost goes with the changes, not with the disk.</summary>
    private async IAsyncEnumerable<Extent> ChangedAsync(string bitmap, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var context = NbdContext.DirtyBitmap(bitmap);
        await using var connection = await OpenAsync(context, cancellation);
        for (long at = 0; at < Size;)
        {
            var extents = await StatusAsync(connection, context, at, Size, cancellation);
            foreach (var extent in extents)
            {
                at = extent.End;
                if ((extent.Flags & NbdContext.Dirty) == 0)
                    continue;
                await foreach (var part in AllocationAsync(extent.Offset, extent.End, cancellation))
                    yield return part;
            }
        }
    }

    private async IAsyncEnumerable<Extent> AllocationAsync(long from, long to, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var lease = await TakeAsync(cancellation);
        for (var at = from; at < to;)
        {
            foreach (var extent in await StatusAsync(lease.Connection, NbdContext.Allocation, at, to, cancellation))
            {
                at = extent.End;
                yield return new Extent(extent.Offset, extent.Length, (extent.Flags & NbdContext.Zero) != 0 ? ExtentKind.Zero : ExtentKind.Data);
            }
        }

        lease.GiveBack();
    }

    private async Task<IReadOnlyList<NbdExtent>> StatusAsync(NbdConnection connection, string context, long from, long to, CancellationToken cancellation)
    {
        try
        {
            return (await connection.StatusAsync(from, Math.Min(NbdSizes.StatusRange, to - from), cancellation))[context];
        }
        catch (NbdException failure)
        {
            throw broken(failure);
        }
    }

    private async Task<NbdLease> TakeAsync(CancellationToken cancellation) =>
        new(_idle, _idle.TryTake(out var idle) ? idle : await OpenAsync(NbdContext.Allocation, cancellation));

    private async Task<NbdConnection> OpenAsync(string context, CancellationToken cancellation)
    {
        NbdConnection connection;
        try
        {
            connection = await NbdConnection.OpenAsync(address, [context], s_patience, time, cancellation);
        }
        catch (NbdException failure)
        {
            throw broken(failure);
        }

        if (connection.Export.Size == Size)
            return connection;
        await connection.DisposeAsync();
        throw broken(new NbdException($"The export has {connection.Export.Size} bytes, the disk {Size}."));
    }
}
