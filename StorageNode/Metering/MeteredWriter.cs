using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;

namespace BackupOnline.StorageNode.Metering;

/// <summary>What goes to the socket: held to the tenant's rate before it is handed on, and counted once the socket has taken it (the transport's write buffer holds nothing back, see ShelfKestrel).</summary>
internal sealed class MeteredWriter(PipeWriter socket, MeteredConnection connection) : PipeWriter
{
    // Written and not flushed yet; flushed, but not known to be taken.
    private long _written;
    private long _flushed;

    public override bool CanGetUnflushedBytes => socket.CanGetUnflushedBytes;

    public override long UnflushedBytes => socket.UnflushedBytes;

    public override Memory<byte> GetMemory(int sizeHint = 0) => socket.GetMemory(sizeHint);

    public override Span<byte> GetSpan(int sizeHint = 0) => socket.GetSpan(sizeHint);

    public override void Advance(int bytes)
    {
        socket.Advance(bytes);
        _written += bytes;
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public override async ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default)
    {
        var bytes = _written;
        (_written, _flushed) = (0, _flushed + bytes);
        if (bytes > 0 && connection.Pace is { } pace)
            await pace.PassOutAsync((int)bytes);

        var at = connection.Now;
        var result = await socket.FlushAsync(cancellationToken);

        // Cancelled: still on its way, counted with the next. Completed: the socket is gone, and what it did not take is not counted.
        if (result is { IsCanceled: false, IsCompleted: false } && _flushed > 0)
        {
            connection.CountOut(at, _flushed);
            _flushed = 0;
        }

        return result;
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public override async ValueTask<FlushResult> WriteAsync(ReadOnlyMemory<byte> source, CancellationToken cancellationToken = default)
    {
        while (connection.Pace is { } pace && source.Length > pace.PieceBytes)
        {
            var piece = pace.PieceBytes;
            this.Write(source.Span[..piece]);
            source = source[piece..];
            if (await FlushAsync(cancellationToken) is { IsCanceled: false, IsCompleted: false })
                continue;

            break;
        }

        this.Write(source.Span);
        return await FlushAsync(cancellationToken);
    }

    public override void CancelPendingFlush() => socket.CancelPendingFlush();

    public override void Complete(Exception? exception = null) => socket.Complete(exception);
}
