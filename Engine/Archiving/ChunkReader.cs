using BackupOnline.Engine.Buffers;
using BackupOnline.Engine.Chunking;
using BackupOnline.Engine.Ids;

namespace BackupOnline.Engine.Archiving;

/// <summary>Reads one source after the other, cuts it and saves the pieces. A piece is read into the buffer in which it is hashed and compressed.</summary>
internal sealed class ChunkReader(Chunker chunker, BlobSink sink, BackupProgress progress)
{
    /// <summary>Bytes asked for at once. What lies beyond a cut is copied to the next piece, so this is small beside a piece.</summary>
    public const int ReadLength = 256 * 1024;

    /// <param name="read">Fills the beginning of the memory, which it must not touch after it ended; 0 at the end of the source.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<(IReadOnlyList<BlobId> Content, long Length, long AddedBytes)> ReadAsync(Func<Memory<byte>, ValueTask<int>> read, CancellationToken cancellationToken)
    {
        var saving = new PieceSaver(sink, cancellationToken);
        var (piece, filled, searched, ended) = (NativeBuffers.RentForBlob(Chunker.MaxLength), 0, 0, false);
        try
        {
            while (true)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var cut = chunker.FindCut(piece.Span[..filled], searched);
                if (cut < 0 && !ended)
                {
                    searched = filled;
                    var length = await read(piece.Memory.Slice(filled, Math.Min(ReadLength, Chunker.MaxLength - filled)));
                    ended = length == 0;
                    filled += length;
                    progress.BytesRead(length);
                    continue;
                }

                var chunk = cut < 0 ? filled : cut;
                if (ended && chunk == filled)
                    return await saving.FinishAsync(piece.Memory[..chunk]);
                await saving.MakeRoomAsync();
                var next = NativeBuffers.RentForBlob(Chunker.MaxLength);
                piece.Span[chunk..filled].CopyTo(next.Span);
                saving.Start(piece.Shorten(filled), chunk);
                (piece, filled, searched) = (next, filled - chunk, 0);
            }
        }
        catch
        {
            await saving.AbandonAsync();
            throw;
        }
        finally
        {
            piece.Shorten(filled).Dispose();
        }
    }
}
