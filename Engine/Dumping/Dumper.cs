using System.Text.Unicode;
using BackupOnline.Engine.Files;
using BackupOnline.Engine.Ids;
using BackupOnline.Engine.Repositories;
using BackupOnline.Engine.Restoring;
using BackupOnline.Engine.Trees;

namespace BackupOnline.Engine.Dumping;

/// <summary>
/// Writes what a snapshot holds into a stream: a file as it is, a folder as an archive. Reads only what it writes; every blob is verified.
/// A failure leaves the stream with a part of it, and an archive without its end.
/// </summary>
public static class Dumper
{
    /// <exception cref="RepositoryException">A part of the file is missing or damaged.</exception>
    public static async Task<DumpResult> DumpFileAsync(
        Repository repository, TreeNode file, Stream output, RestoreProgress? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(repository);
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(output);
        progress ??= new RestoreProgress();
        progress.Planned(EntryContent.LengthOf(file, repository.Index));
        progress.AllPlanned();
        var items = new[] { new TreeItem(RawPath.Root.Join(file.Name), file) }.ToAsyncEnumerable();
        await using var queue = new DumpQueue(repository, items, cancellationToken);
        _ = await queue.NextItemAsync();
        var bytes = 0L;
        for (var left = EntryContent.Of(file).Count; left > 0; left--)
        {
            var blob = await queue.NextBlobAsync();
            await output.WriteAsync(blob, cancellationToken);
            bytes += blob.Length;
            progress.BytesWritten(blob.Length);
        }

        await output.FlushAsync(cancellationToken);
        progress.FileDone();
        return new DumpResult(1, bytes, 0);
    }

    /// <summary>Files, folders and symlinks; as with restic, devices, fifos and sockets are not in an archive, and each name of a hard link has the content.</summary>
    /// <param name="repository">Its index must be loaded.</param>
    /// <param name="tree">The folder's tree.</param>
    /// <param name="folder">The folder's path in the snapshot: names in the archive begin with it.</param>
    /// <param name="format">tar or zip.</param>
    /// <param name="output">Need not seek.</param>
    /// <param name="progress">Counted up; may be null.</param>
    /// <param name="cancellationToken">Ends the dump.</param>
    /// <exception cref="RepositoryException">A tree or a part of a file is missing or damaged.</exception>
    public static async Task<DumpResult> DumpFolderAsync(
        Repository repository,
        BlobId tree,
        RawPath folder,
        ArchiveFormat format,
        Stream output,
        RestoreProgress? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(repository);
        ArgumentNullException.ThrowIfNull(output);
        progress ??= new RestoreProgress();
        IDumpArchive archive = format == ArchiveFormat.Zip ? new ZippedArchive(output) : new TarArchive(output);
        var (files, bytes, inexact) = (0L, 0L, 0L);
        await using var queue = new DumpQueue(repository, TreeWalk.ItemsAsync(repository, tree, null, cancellationToken), cancellationToken);
        while (await queue.NextItemAsync() is { } item)
        {
            var node = item.Node;
            if (node.Type is not (NodeType.File or NodeType.Folder or NodeType.Symlink))
                continue;
            if (!Utf8.IsValid(item.Path.Bytes) || !Utf8.IsValid(node.LinkTarget.Bytes))
                inexact++;
            await using var content = node.Type == NodeType.File ? new EntryContent(queue, EntryContent.Of(node).Count, EntryContent.LengthOf(node, repository.Index)) : null;
            await archive.AddAsync(NameOf(folder, item), node, content, cancellationToken);
            if (content is null)
                continue;
            await TakeEmptyBlobsAsync(content, cancellationToken);
            (files, bytes) = (files + 1, bytes + content.Length);
            progress.Planned(content.Length);
            progress.BytesWritten(content.Length);
            progress.FileDone();
        }

        await archive.FinishAsync();
        await output.FlushAsync(cancellationToken);
        return new DumpResult(files, bytes, inexact);
    }

    // What an archive did not ask for, as a file of no bytes has no content for it: nothing, or blobs of no bytes.
    private static async Task TakeEmptyBlobsAsync(EntryContent content, CancellationToken cancellationToken)
    {
        if (await content.ReadAsync(new byte[1], cancellationToken) != 0)
            throw new InvalidOperationException("The archive did not take the whole file.");
    }

    private static string NameOf(RawPath folder, TreeItem item)
    {
        var name = (folder == RawPath.Root ? "" : NameText.Of(folder)) + NameText.Of(item.Path);
        return name.TrimStart('/') + (item.Node.Type == NodeType.Folder ? "/" : "");
    }
}
