using BackupOnline.Engine.Blobs;
using BackupOnline.Engine.Buffers;
using BackupOnline.Engine.Ids;

namespace BackupOnline.Engine.Archiving;

/// <summary>The pieces of one file in order, some of them still being hashed, compressed and packed while the next is read: one large file keeps all processors busy.</summary>
internal sealed class PieceSaver(BlobSink sink, CancellationToken cancellationToken)
{
    // More would only take memory: the reader itself needs a processor too.
    private static readonly int MaxInFlight = Math.Clamp(Environment.ProcessorCount, 2, 8);

    private readonly List<BlobId> _content = [];
    private readonly Queue<Task<(SavedBlob Blob, int Length)>> _inFlight = new();
    private long _length;
    private long _added;

    /// <summary>Waits until another piece may be started.</summary>
    public ValueTask MakeRoomAsync() => DrainAsync(MaxInFlight - 1);

    /// <summary>Saves the first <paramref name="length"/> bytes beside what the caller does next, then returns the buffer.</summary>
    public void Start(RentedBuffer piece, int length) => _inFlight.Enqueue(Task.Run(() => SaveAsync(piece, length), CancellationToken.None));

    /// <summary>Saves the last piece, if there is anything in it, here and now: most files have no other.</summary>
    public async ValueTask<(IReadOnlyList<BlobId> Content, long Length, long AddedBytes)> FinishAsync(ReadOnlyMemory<byte> last)
    {
        await DrainAsync(0);
        if (!last.IsEmpty)
            Take(await sink.SaveAsync(BlobType.Data, last, cancellationToken), last.Length);
        return (_content, _length, _added);
    }

    /// <summary>Waits for what is running, so that no buffer is in use afterwards; its outcome no longer matters.</summary>
    public async Task AbandonAsync() =>
        await Task.WhenAll(_inFlight).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);

    private async Task<(SavedBlob Blob, int Length)> SaveAsync(RentedBuffer piece, int length)
    {
        using (piece)
            return (await sink.SaveAsync(BlobType.Data, piece.Memory[..length], cancellationToken), length);
    }

    private async ValueTask DrainAsync(int leave)
    {
        while (_inFlight.Count > leave)
        {
            var (blob, length) = await _inFlight.Peek();
            _ = _inFlight.Dequeue();
            Take(blob, length);
        }
    }

    private void Take(in SavedBlob blob, int length)
    {
        _content.Add(blob.Id);
        _length += length;
        if (blob.IsNew)
            _added += length;
    }
}
