using BackupOnline.Engine.Buffers;
using BackupOnline.Engine.Files;
using BackupOnline.Engine.Ids;
using BackupOnline.Engine.Index;
using BackupOnline.Engine.Repositories;
using Microsoft.Win32.SafeHandles;

namespace BackupOnline.Engine.Restoring;

/// <summary>Reads the packs that a batch needs, several at a time, and writes each blob to all its places.</summary>
internal sealed class ContentWriter(
    Repository repository, ConfinedFolder target, RestoreOptions options, RestoreProgress progress, RestoreLog log, MetadataWriter metadata)
{
    private const int MaxGap = 64 * 1024;
    private const int MaxRun = 8 * 1024 * 1024;

    /// <summary>The unit of holes: a page, and the block of nearly every file system.</summary>
    private const int HoleLength = 4096;

    public Task WriteAsync(RestoreBatch batch, CancellationToken cancellationToken) =>
        Parallel.ForEachAsync(
            batch.Runs(MaxGap, MaxRun),
            new ParallelOptions { MaxDegreeOfParallelism = options.ReadConcurrency, CancellationToken = cancellationToken },
            async (run, cancel) => await WriteRunAsync(run, cancel));

    private async Task WriteRunAsync(RestoreBatch.PackRun run, CancellationToken cancellationToken)
    {
        using var folders = new FolderCursor(target);
        var length = (int)(run.End - run.Offset);
        using var sealedBytes = NativeBuffers.RentForPack(length);
        var isRead = await TryReadAsync(run, sealedBytes.Memory, cancellationToken);
        foreach (var blob in run.Blobs)
        {
            cancellationToken.ThrowIfCancellationRequested();
            await WriteBlobAsync(folders, blob, isRead ? sealedBytes.Memory.Slice((int)(blob.Blob.Location.Offset - run.Offset), blob.Blob.Location.Length) : default, cancellationToken);
        }
    }

    private async Task<bool> TryReadAsync(RestoreBatch.PackRun run, Memory<byte> buffer, CancellationToken cancellationToken)
    {
        try
        {
            await repository.Store.ReadRangeAsync(new ObjectName(ObjectKind.Data, run.Pack), run.Offset, buffer, cancellationToken);
            return true;
        }
        catch (RepositoryException e) when (IsOnlyThisObject(e))
        {
            // Its blobs may have other copies: each is asked for by itself.
            return false;
        }
    }

    private async Task WriteBlobAsync(FolderCursor folders, RestoreBatch.WantedBlob blob, ReadOnlyMemory<byte> sealedBytes, CancellationToken cancellationToken)
    {
        try
        {
            Damaged.ThrowIfImpossible(blob.Blob);
            using var plain = NativeBuffers.RentForBlob(blob.Blob.Location.PlainLength);
            if (sealedBytes.IsEmpty || !TryDecode(blob, sealedBytes.Span, plain.Span))
                await LoadOtherAsync(blob.Blob, plain.Memory, cancellationToken);
            for (var place = blob.Places; place is not null; place = place.Next)
                WriteTo(folders, place.File, plain.Span, place.Offset);
        }
        catch (RepositoryException e) when (IsOnlyThisObject(e))
        {
            for (var place = blob.Places; place is not null; place = place.Next)
            {
                // What cannot be read is not lost: a file that stands there already is not given up for it.
                if (e.Problem != RepositoryProblem.Unreadable)
                    MakeEmpty(folders, place.File);
                Fail(place.File, place.File.IsMade ? $"is incomplete: {e.Message}" : $"could not be restored: {e.Message}", isDamage: true);
            }
        }
    }

    /// <summary>Another copy, as the files were laid out for: the parts behind it lie where the length that the index told first puts them.</summary>
    private async Task LoadOtherAsync(IndexedBlob blob, Memory<byte> plain, CancellationToken cancellationToken)
    {
        var other = await repository.LoadBlobAsync(blob.Type, blob.Id, cancellationToken);
        if (other.Length != plain.Length)
            throw Damaged.Blob(blob.Type, blob.Id, blob.Location.Pack, $"the index tells {plain.Length} bytes for it, and another copy has {other.Length}. Rebuild the index with 'repair index', then restore again");
        other.CopyTo(plain);
    }

    private bool TryDecode(RestoreBatch.WantedBlob blob, ReadOnlySpan<byte> sealedBytes, Span<byte> plain)
    {
        try
        {
            repository.DecodeBlob(blob.Blob, sealedBytes, plain);
            return true;
        }
        catch (RepositoryException e) when (IsOnlyThisObject(e))
        {
            return false;
        }
    }

    private void WriteTo(FolderCursor folders, RestoreFile file, ReadOnlySpan<byte> plain, long offset)
    {
        if (file.IsUnwritable)
            return;
        try
        {
            if (file.IsOnePart)
            {
                WriteWhole(folders, file, plain);
            }
            else
            {
                using var handle = TargetFiles.OpenFile(folders.Open(file.Folder), file.Node.Name);
                WritePart(handle, plain, offset);
            }

            progress.BytesWritten(plain.Length);
        }
        catch (FileSystemException e) when (!e.IsFull)
        {
            file.IsUnwritable = true;
            Fail(file, file.IsMade ? $"is incomplete: {e.Message}." : $"could not be restored: {e.Message}.", isDamage: false);
        }
    }

    private void WriteWhole(FolderCursor folders, RestoreFile file, ReadOnlySpan<byte> plain)
    {
        // Attributes are set by name later and need a file that its owner may write; what is to be verified must still be readable.
        var isLast = file.Node.ExtendedAttributes.Count == 0 && !options.Verify;
        using var handle = isLast ? Create(folders, file) : TargetFiles.ReplaceFile(folders.Open(file.Folder), file.Node.Name);
        file.IsMade = true;
        if (WritePart(handle, plain, 0) < plain.Length)
            TargetFiles.SetLength(handle, plain.Length);
        if (!isLast)
            return;
        metadata.Apply(handle, file);
        file.IsFinished = true;
    }

    /// <summary>Mostly nothing is there, and one call does it.</summary>
    private SafeFileHandle Create(FolderCursor folders, RestoreFile file)
    {
        var permissions = file.Node.Mode.UnixPermissions;
        return target.TryCreateFile(file.Path, permissions) ?? TargetFiles.ReplaceFile(folders.Open(file.Folder), file.Node.Name, permissions);
    }

    /// <summary>Where what was written ends: before the part's end when that is a hole.</summary>
    private int WritePart(SafeFileHandle handle, ReadOnlySpan<byte> plain, long offset)
    {
        if (options.Sparse)
            return WriteWithHoles(handle, plain, offset);
        TargetFiles.Write(handle, plain, offset);
        return plain.Length;
    }

    /// <summary>The file has, or gets, its full length and nothing in it, so blocks of zeros need not be written.</summary>
    private static int WriteWithHoles(SafeFileHandle file, ReadOnlySpan<byte> plain, long offset)
    {
        var (at, from, end) = (0, 0, 0);
        while (at < plain.Length)
        {
            var length = Math.Min(plain.Length - at, HoleLength - (int)((offset + at) % HoleLength));
            var isHole = !plain.Slice(at, length).ContainsAnyExcept((byte)0);
            if (isHole)
            {
                TargetFiles.Write(file, plain[from..at], offset + from);
                end = from < at ? at : end;
                from = at + length;
            }

            at += length;
        }

        TargetFiles.Write(file, plain[from..], offset + from);
        return from < plain.Length ? plain.Length : end;
    }

    /// <summary>A file whose only part is lost is there all the same, with its length and nothing in it, as one that lost one of many is.</summary>
    private void MakeEmpty(FolderCursor folders, RestoreFile file)
    {
        if (!file.IsOnePart || file.IsMade)
            return;
        try
        {
            using var handle = TargetFiles.ReplaceFile(folders.Open(file.Folder), file.Node.Name);
            file.IsMade = true;
            TargetFiles.SetLength(handle, file.Length);
        }
        catch (FileSystemException e) when (!e.IsFull)
        {
            Fail(file, $"could not be restored: {e.Message}.", isDamage: false);
        }
    }

    private void Fail(RestoreFile file, string reason, bool isDamage)
    {
        if (file.TryFail(isDamage))
            log.Failed(file.Path, reason, isDamage);
    }

    /// <summary>One object is missing or damaged; the rest of the repository can still be read.</summary>
    private static bool IsOnlyThisObject(RepositoryException e) => e.IsOfOneObject;
}
