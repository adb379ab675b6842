using BackupOnline.Engine.Blobs;
using BackupOnline.Engine.Chunking;
using BackupOnline.Engine.Files;
using BackupOnline.Engine.Ids;
using BackupOnline.Engine.Repositories;
using BackupOnline.Engine.Snapshots;
using BackupOnline.Engine.Trees;

namespace BackupOnline.Engine.Archiving;

/// <summary>A backup of one stream: a file that no disk holds, with the folders that lead to it.</summary>
internal sealed class StreamRun
{
    private readonly Repository _repository;
    private readonly BackupOptions _options;
    private readonly BackupProgress _progress;
    private readonly BlobSink _sink;

    public StreamRun(Repository repository, BackupOptions options, BackupProgress progress)
    {
        (_repository, _options, _progress) = (repository, options, progress);
        Log = new BackupLog(options.Observer, progress);
        Counter = new ItemCounter(options.Observer, progress);
        _sink = new BlobSink(repository, options.DryRun, progress);
        Path = options.Targets[0].MakeAbsolute(RawPath.Root);
        if (options.Targets.Count != 1 || Path == RawPath.Root)
            throw new ArgumentException("Targets must be one path with a file name: where the stream's content stands in the snapshot.", nameof(options));
    }

    public BackupLog Log { get; }

    /// <summary>From <c>/</c>.</summary>
    public RawPath Path { get; }

    private ItemCounter Counter { get; }

    /// <summary>Reads the stream to its end; the root tree.</summary>
    public async Task<BlobId> ArchiveAsync(Stream content, DateTimeOffset time, CancellationToken cancellationToken)
    {
        var ticket = _progress.BeginFile(Path);
        var reader = new ChunkReader(new Chunker(_repository.Config.ChunkerPolynomial), _sink, _progress);

        // A read from a terminal or a pipe may wait for ever, and not every stream lets go of it: it gets memory that nobody else uses when it was given up.
        var buffer = new byte[ChunkReader.ReadLength];
        var (blobs, length, added) = await reader.ReadAsync(
            async memory =>
            {
                var read = await content.ReadAsync(buffer.AsMemory(0, Math.Min(buffer.Length, memory.Length)), cancellationToken).AsTask().WaitAsync(cancellationToken);
                buffer.AsSpan(0, read).CopyTo(memory.Span);
                return read;
            },
            cancellationToken);
        _progress.EndFile(ticket);
        if (length == 0)
            throw new NothingToBackUpException($"Nothing came to be kept as {Path}, and no snapshot was made. Look at the program that should have written it.", []);
        var nodes = new MadeNode(time, _options.Uid, _options.Gid);
        var node = nodes.File(Path.FileName, 0x1a4, blobs, length);
        for (var folder = Path; ; folder = folder.Parent)
        {
            Counter.Done(folder.Parent, node, null, unread: false, added);
            var tree = await _sink.SaveAsync(BlobType.Tree, TreeWriter.Encode([node]), cancellationToken);
            if (folder.Parent == RawPath.Root)
                return tree.Id;
            (node, added) = (nodes.Folder(folder.Parent.FileName, tree.Id), 0);
        }
    }

    public SnapshotSummary Summarize(DateTimeOffset startedAt, DateTimeOffset endedAt) => Counter.Summarize(_sink, startedAt, endedAt);
}
