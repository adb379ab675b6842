using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;

namespace BackupOnline.StorageNode.Metering;

/// <summary>What came from the socket, counted when it is shown to the layer above, and shown piece by piece at the tenant's rate; the rest waits in the pipe, and TCP slows the sender.</summary>
internal sealed class MeteredReader(PipeReader socket, MeteredConnection connection) : PipeReader
{
    // What the layer above was shown last, and how much of it was counted before.
    private ReadOnlySequence<byte> _shown;
    private long _counted;

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public override async ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default)
    {
        var result = await socket.ReadAsync(cancellationToken);
        var fresh = result.Buffer.Length - _counted;
        if (fresh <= 0 || result.IsCanceled)
            return Show(result, _counted);

        if (connection.Pace is not { } pace)
            return Count(result, fresh);

        var piece = (int)Math.Min(fresh, pace.PieceBytes);
        await pace.PassInAsync(piece);
        return Count(result, piece);
    }

    public override bool TryRead(out ReadResult result)
    {
        if (!socket.TryRead(out result))
            return false;

        var fresh = result.Buffer.Length - _counted;
        if (fresh <= 0 || result.IsCanceled)
        {
            result = Show(result, _counted);
            return true;
        }

        if (connection.Pace is { } pace)
        {
            fresh = Math.Min(fresh, pace.PieceBytes);
            if (!pace.TryPassIn((int)fresh))
            {
                // Not yet: the next ReadAsync finds it again, and waits.
                socket.AdvanceTo(result.Buffer.Start);
                result = default;
                return false;
            }
        }

        result = Count(result, fresh);
        return true;
    }

    public override void AdvanceTo(SequencePosition consumed) => AdvanceTo(consumed, consumed);

    public override void AdvanceTo(SequencePosition consumed, SequencePosition examined)
    {
        _counted -= _shown.Slice(0, consumed).Length;
        _shown = default;
        socket.AdvanceTo(consumed, examined);
    }

    public override void CancelPendingRead() => socket.CancelPendingRead();

    public override void Complete(Exception? exception = null)
    {
        CountRest();
        socket.Complete(exception);
    }

    /// <summary>Counts what came and was never read by anybody.</summary>
    public void CountRest()
    {
        try
        {
            if (socket.TryRead(out var result))
            {
                connection.CountIn(Math.Max(0, result.Buffer.Length - _counted));
                _counted = result.Buffer.Length;
                socket.AdvanceTo(result.Buffer.Start, result.Buffer.End);
            }
        }
        catch (Exception)
        {
            // Reset, or read to the end already: nothing is left that could be counted.
        }
    }

    private ReadResult Count(ReadResult result, long fresh)
    {
        connection.CountIn(fresh);
        _counted += fresh;
        return Show(result, _counted);
    }

    private ReadResult Show(ReadResult result, long bytes)
    {
        if (bytes >= result.Buffer.Length)
        {
            _shown = result.Buffer;
            return result;
        }

        _shown = result.Buffer.Slice(0, bytes);
        return new(_shown, result.IsCanceled, isCompleted: false);
    }
}
