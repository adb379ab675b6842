using BackupOnline.Engine.Archiving;
using BackupOnline.Engine.Blobs;
using BackupOnline.Engine.Buffers;
using BackupOnline.Engine.Ids;

namespace BackupOnline.Engine.Images;

/// <summary>Reads the blocks of images and saves those that the repository does not have. A block is read into the buffer in which it is hashed and compressed.</summary>
internal sealed class BlockArchiver(BlobSink sink, BackupProgress progress, int concurrency)
{
    /// <param name="image">Its extents say what is read.</param>
    /// <param name="blockSize">Bytes.</param>
    /// <param name="parent">The parent's blocks of that size: taken over by an incremental image, compared with by a full one, which needs none.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<(IReadOnlyList<BlobId> Content, ImageResult Result)> ArchiveAsync(
        IImageSource image, int blockSize, IReadOnlyList<BlobId>? parent, CancellationToken cancellationToken)
    {
        var content = new BlobId[ImageBlocks.CountOf(image.Size, blockSize)];
        if (image.IsIncremental)
            content = [.. parent!];
        var (read, changed, added, passed) = (0L, 0L, 0L, 0L);
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = concurrency, CancellationToken = cancellationToken };
        var zeros = new ZeroBlocks(sink, cancellationToken);
        await Parallel.ForEachAsync(TouchedBlocks.OfAsync(image, blockSize, cancellationToken), parallel, async (block, token) =>
        {
            var (id, isZero, addedHere) = await SaveAsync(image, block, (long)block.Number * blockSize, zeros, token);
            content[block.Number] = id;
            Interlocked.Add(ref read, block.Reads.Sum(part => (long)part.Length));
            Interlocked.Add(ref added, addedHere);
            Interlocked.Add(ref passed, block.Length);
            progress.BytesRead(block.Length);
            if (parent is null ? !isZero : parent[block.Number] != id)
                Interlocked.Add(ref changed, block.Length);
        });

        progress.BytesRead(image.Size - passed);
        if (!image.IsIncremental)
            changed += await FillAsync(image, blockSize, content, parent, zeros);
        return (content, new ImageResult(image.Name, image.Size, read, changed, added));
    }

    /// <summary>Gives the zero block to all that were not read. Bytes of those among them that are not zero in the parent.</summary>
    private static async Task<long> FillAsync(IImageSource image, int blockSize, BlobId[] content, IReadOnlyList<BlobId>? parent, ZeroBlocks zeros)
    {
        var changed = 0L;
        for (var number = 0; number < content.Length; number++)
        {
            if (!content[number].IsZero)
                continue;
            var length = ImageBlocks.LengthOf(number, image.Size, blockSize);
            content[number] = await zeros.SaveAsync(length);
            changed += parent is not null && parent[number] != content[number] ? length : 0;
        }

        return changed;
    }

    private async ValueTask<(BlobId Id, bool IsZero, long Added)> SaveAsync(
        IImageSource image, TouchedBlock block, long start, ZeroBlocks zeros, CancellationToken cancellationToken)
    {
        if (block.Reads.Count == 0)
            return (await zeros.SaveAsync(block.Length), true, 0);
        using var buffer = NativeBuffers.RentForBlob(block.Length);
        var end = 0;
        foreach (var part in block.Reads)
        {
            buffer.Span[end..part.Offset].Clear();
            end = part.Offset + part.Length;
            await image.ReadAsync(start + part.Offset, buffer.Memory.Slice(part.Offset, part.Length), cancellationToken);
        }

        buffer.Span[end..].Clear();
        if (!buffer.Span.ContainsAnyExcept((byte)0))
            return (await zeros.SaveAsync(block.Length), true, 0);
        var saved = await sink.SaveAsync(BlobType.Data, buffer.Memory, cancellationToken);
        return (saved.Id, false, saved.IsNew ? block.Length : 0);
    }
}
