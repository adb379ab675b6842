using BackupOnline.Engine.Chunking;
using BackupOnline.Engine.Files;
using BackupOnline.Engine.Trees;

namespace BackupOnline.Engine.Archiving;

/// <summary>
/// Reads files, cuts them and saves the pieces.
/// </summary>
internal sealed class FileArchiver(Chunker chunker, BlobSink sink, NodeFactory nodes, BackupLog log, BackupProgress progress)
{
    /// <summary>Bytes beyond which a file's pages are not left in the system's cache: they would push out what the machine works with.</summary>
    private const int LargeFile = 1024 * 1024;

    private readonly ChunkReader _reader = new(chunker, sink, progress);

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
            var (content, length, added) = await _reader.ReadAsync(memory => ValueTask.FromResult(LocalFiles.Read(file, memory.Span)), cancellationToken);
            if (length > LargeFile)
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
}
