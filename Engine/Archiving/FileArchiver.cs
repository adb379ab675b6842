using BackupOnline.Engine.Blobs;
using BackupOnline.Engine.Buffers;
using BackupOnline.Engine.Chunking;
using BackupOnline.Engine.Files;
using BackupOnline.Engine.Ids;
using BackupOnline.Engine.Trees;
using Microsoft.Win32.SafeHandles;

namespace BackupOnline.Engine.Archiving;

/// <summary>
/// Reads files, cuts them and saves the pieces. One per worker, since it owns the buffer: a chunk at its longest and room to read on.
/// </summary>
internal sealed class FileArchiver(Chunker chunker, BlobSink sink, NodeFactory nodes, BackupLog log, BackupProgress progress)
{
    private const int ReadLength = 1024 * 1024;

    /// <summary>Pieces of one file that are hashed and compressed while the next is read: lets a single large file use two processors more.</summary>
    private const int MaxInFlight = 2;

    private readonly byte[] _buffer = GC.AllocateUninitializedArray<byte>(Chunker.MaxLength + ReadLength);

    /// <summary>The node of the file with its content; null when it could not be read, which is then in the log.</summary>
    public async Task<(TreeNode? Node, long AddedBytes)> ArchiveAsync(SourceEntry source, CancellationToken cancellationToken)
    {
        var ticket = progress.BeginFile(source.AbsolutePath);
        try
        {
            using var file = LocalFiles.OpenFile(source.Parent, source.Entry);
            var status = LocalFiles.Status(file);
            if (!status.IsFile)
            {
                log.Failed(source.AbsolutePath, "is no longer a file; it was replaced while the backup ran.");
                return (null, 0);
            }

            LocalFiles.AdviseSequential(file);
            var node = nodes.Create(source.Name, status, source.Parent, source.Entry, source.AbsolutePath);
            var (content, length, added) = await ReadAsync(file, cancellationToken);
            if (length > ReadLength)
                LocalFiles.AdviseDone(file, length);
            NoticeChange(source.AbsolutePath, status, LocalFiles.Status(file), length);
            return (node with { Content = content, Size = (ulong)length }, added);
        }
        catch (FileSystemException e)
        {
            log.Failed(source.AbsolutePath, e.Message);
            return (null, 0);
        }
        finally
        {
            progress.EndFile(ticket);
        }
    }

    private void NoticeChange(RawPath path, in FileStatus before, in FileStatus after, long length)
    {
        if (length != before.Size)
            log.Noticed(path, $"changed while it was read: it had {before.Size} bytes at first, {length} were read and stored.");
        else if (!after.ModifiedAt.IsSameMoment(before.ModifiedAt))
            log.Noticed(path, "changed while it was read: the stored content may mix old and new.");
    }

    private async Task<(IReadOnlyList<BlobId> Content, long Length, long AddedBytes)> ReadAsync(SafeFileHandle file, CancellationToken cancellationToken)
    {
        var run = new ChunkRun(sink, cancellationToken);
        try
        {
            var (start, end, searched, ended) = (0, 0, 0, false);
            while (true)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var cut = chunker.FindCut(_buffer.AsSpan(start, end - start), searched);
                if (cut < 0 && !ended)
                {
                    searched = end - start;
                    if (_buffer.Length - end < ReadLength)
                    {
                        _buffer.AsSpan(start, searched).CopyTo(_buffer);
                        (start, end) = (0, searched);
                    }

                    var read = LocalFiles.Read(file, _buffer.AsSpan(end, Math.Min(ReadLength, _buffer.Length - end)));
                    ended = read == 0;
                    end += read;
                    progress.BytesRead(read);
                    continue;
                }

                var length = cut < 0 ? end - start : cut;
                if (length == 0)
                    break;
                var isLast = ended && length == end - start;
                await run.AddAsync(_buffer.AsMemory(start, length), offload: !isLast);
                start += length;
                searched = 0;
            }

            return await run.FinishAsync();
        }
        catch
        {
            await run.AbandonAsync();
            throw;
        }
    }

    /// <summary>The pieces of one file in order, some of them still being saved.</summary>
    private sealed class ChunkRun(BlobSink sink, CancellationToken cancellationToken)
    {
        private readonly List<BlobId> _content = [];
        private readonly Queue<Task<(SavedBlob Blob, int Length)>> _inFlight = new();
        private long _length;
        private long _added;

        public async ValueTask AddAsync(ReadOnlyMemory<byte> chunk, bool offload)
        {
            _length += chunk.Length;
            if (!offload)
            {
                await DrainAsync(0);
                Take(await sink.SaveAsync(BlobType.Data, chunk, cancellationToken), chunk.Length);
                return;
            }

            await DrainAsync(MaxInFlight - 1);
            var copy = NativeBuffers.RentForBlob(chunk.Length);
            chunk.CopyTo(copy.Memory);
            _inFlight.Enqueue(Task.Run(() => SaveAsync(copy), CancellationToken.None));
        }

        public async Task<(IReadOnlyList<BlobId> Content, long Length, long AddedBytes)> FinishAsync()
        {
            await DrainAsync(0);
            return ([.. _content], _length, _added);
        }

        /// <summary>Waits for what is running, so that no rented buffer is in use afterwards; its outcome no longer matters.</summary>
        public async Task AbandonAsync() =>
            await Task.WhenAll(_inFlight).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);

        private async Task<(SavedBlob Blob, int Length)> SaveAsync(RentedBuffer copy)
        {
            using (copy)
                return (await sink.SaveAsync(BlobType.Data, copy.Memory, cancellationToken), copy.Memory.Length);
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
            if (blob.IsNew)
                _added += length;
        }
    }
}
