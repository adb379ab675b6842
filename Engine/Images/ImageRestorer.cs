using BackupOnline.Engine.Blobs;
using BackupOnline.Engine.Repositories;
using BackupOnline.Engine.Restoring;
using BackupOnline.Engine.Trees;

namespace BackupOnline.Engine.Images;

/// <summary>Streams a file of a snapshot to where it is wanted. Every block is verified by its id before it is written; blocks of zeros are passed over.</summary>
public static class ImageRestorer
{
    /// <summary>Bytes of blocks that are on their way at once, more or less; at least two blocks are.</summary>
    private const int AheadBytes = 32 << 20;

    /// <param name="repository">Its index must be loaded.</param>
    /// <param name="file">A file's node.</param>
    /// <param name="write">Called in order, one call at a time, with the offset and the bytes, which are the callee's until it ends. What is never written is zero.</param>
    /// <param name="progress">Counted up, zeros too; may be null.</param>
    /// <param name="cancellationToken">Ends the restore.</param>
    /// <returns>Bytes that were written.</returns>
    /// <exception cref="RepositoryException">A block is missing, damaged, or cannot be fetched: what was written is not whole.</exception>
    public static async Task<long> RestoreAsync(
        Repository repository,
        TreeNode file,
        Func<long, ReadOnlyMemory<byte>, CancellationToken, ValueTask> write,
        RestoreProgress? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(repository);
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(write);
        progress ??= new RestoreProgress();
        var map = BlockMap.Of(repository, file);
        progress.Planned(map.Size);
        progress.AllPlanned();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var coming = new Queue<(long Offset, int Length, Task<byte[]> Plain)>();
        try
        {
            var (ahead, written) = (0, 0L);
            for (var number = 0; number < map.Count || coming.Count > 0;)
            {
                if (number < map.Count && (ahead < AheadBytes || coming.Count < 2))
                {
                    var (id, length) = (map.BlobAt(number), map.LengthOf(number));
                    if (map.IsZero(number))
                        progress.BytesWritten(length);
                    else
                        coming.Enqueue((map.StartOf(number), length, Task.Run(() => repository.LoadBlobAsync(BlobType.Data, id, stop.Token).AsTask(), stop.Token)));
                    ahead += map.IsZero(number++) ? 0 : length;
                    continue;
                }

                var next = coming.Peek();
                await write(next.Offset, await next.Plain, cancellationToken);
                _ = coming.Dequeue();
                ahead -= next.Length;
                written += next.Length;
                progress.BytesWritten(next.Length);
            }

            progress.FileDone();
            return written;
        }
        finally
        {
            await stop.CancelAsync();
            await Task.WhenAll(coming.Select(block => block.Plain))
                .ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }
    }
}
