using System.Buffers;
using BackupOnline.Engine.Blobs;
using BackupOnline.Engine.Files;
using BackupOnline.Engine.Ids;
using BackupOnline.Engine.Repositories;

namespace BackupOnline.Engine.Restoring;

/// <summary>Reads files again that were just written, and compares them with what the snapshot says: finds what disk, memory or another program changed on the way.</summary>
internal sealed class RestoreVerifier(Repository repository, ConfinedFolder target, RestoreOptions options, RestoreLog log)
{
    private long _files;

    /// <summary>Files that hold what they should.</summary>
    public long Files => Interlocked.Read(ref _files);

    public Task VerifyAsync(IEnumerable<RestoreFile> files, CancellationToken cancellationToken) =>
        Parallel.ForEachAsync(
            files.Where(file => !file.IsFailed),
            new ParallelOptions { MaxDegreeOfParallelism = options.ReadConcurrency, CancellationToken = cancellationToken },
            (file, cancel) =>
            {
                Verify(file, cancel);
                return ValueTask.CompletedTask;
            });

    private void Verify(RestoreFile file, CancellationToken cancellationToken)
    {
        try
        {
            if (IsWhole(file, cancellationToken))
                Interlocked.Increment(ref _files);
            else if (file.TryFail(isDamage: false))
                log.Failed(file.Path, "does not hold what was written into it. Its disk or memory may be failing, or another program changed it: restore to another disk.");
        }
        catch (FileSystemException e)
        {
            if (file.TryFail(isDamage: false))
                log.Failed(file.Path, $"could not be read again to verify it: {e.Message}.");
        }
    }

    private bool IsWhole(RestoreFile file, CancellationToken cancellationToken)
    {
        using var folder = target.Open(file.Folder.Path);
        using var handle = LocalFiles.OpenFile(folder, file.Node.Name);
        foreach (var id in file.Node.Content ?? [])
        {
            cancellationToken.ThrowIfCancellationRequested();
            var length = repository.Index.TryFind(BlobType.Data, id, out var place) ? place.PlainLength : 0;
            var buffer = ArrayPool<byte>.Shared.Rent(Math.Max(length, 1));
            try
            {
                if (Fill(handle, buffer.AsSpan(0, length)) != length || BlobId.Of(buffer.AsSpan(0, length)) != id)
                    return false;
            }
            finally
            {
                ArrayPool<byte>.Shared.Return(buffer);
            }
        }

        Span<byte> more = stackalloc byte[1];
        return LocalFiles.Read(handle, more) == 0;
    }

    private static int Fill(Microsoft.Win32.SafeHandles.SafeFileHandle file, Span<byte> buffer)
    {
        var filled = 0;
        while (filled < buffer.Length && LocalFiles.Read(file, buffer[filled..]) is > 0 and var read)
            filled += read;
        return filled;
    }
}
