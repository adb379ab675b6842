using BackupOnline.Engine.Archiving;
using BackupOnline.Engine.Blobs;
using BackupOnline.Engine.Files;
using BackupOnline.Engine.Ids;
using BackupOnline.Engine.Repositories;
using BackupOnline.Engine.Snapshots;
using BackupOnline.Engine.Trees;

namespace BackupOnline.Engine.Images;

/// <summary>One backup of images: the folder with the disks and the small files, and the folders that lead to it.</summary>
internal sealed class ImageRun
{
    // Read and write for the owner alone: a disk holds everything that a machine knows.
    private const uint Permissions = 0x180;

    private readonly Repository _repository;
    private readonly ImageBackupOptions _options;
    private readonly BackupProgress _progress;
    private readonly BlobSink _sink;
    private readonly ItemCounter _counter;
    private readonly MadeNode _nodes;

    public ImageRun(Repository repository, ImageBackupOptions options, DateTimeOffset startedAt, BackupProgress progress)
    {
        (_repository, _options, _progress) = (repository, options, progress);
        Log = new BackupLog(options.Observer, progress);
        _counter = new ItemCounter(options.Observer, progress);
        _sink = new BlobSink(repository, dryRun: false, progress);
        _nodes = new MadeNode(options.Time ?? startedAt, 0, 0);
    }

    public BackupLog Log { get; }

    public async Task<(BlobId Tree, IReadOnlyList<ImageResult> Images)> ArchiveAsync(CancellationToken cancellationToken)
    {
        var folder = RawPath.FromText(_options.Folder);
        var parent = await ParentFolder.OpenAsync(_repository, _options.Parent, folder, cancellationToken);

        // Every refusal comes before the first byte is read.
        var bases = _options.Images.Select(image => (Image: image, Size: parent.BlockSizeOf(image) ?? _options.BlockSize))
            .Select(cut => (cut.Image, cut.Size, Blocks: parent.BlocksFor(cut.Image, cut.Size))).ToList();
        CountAll();
        var archiver = new BlockArchiver(_sink, _progress, _options.ReadConcurrency);
        var (entries, images) = (new List<TreeNode>(), new List<ImageResult>());
        foreach (var (image, blockSize, blocks) in bases)
        {
            var name = RawPath.FromText(image.Name);
            var ticket = _progress.BeginFile(folder.Join(name));
            var (content, result) = await archiver.ArchiveAsync(image, blockSize, blocks, cancellationToken);
            _progress.EndFile(ticket);
            images.Add(result);
            Add(_nodes.File(name, Permissions, content, image.Size), result.BytesAdded);
        }

        foreach (var (name, bytes) in _options.Files)
        {
            var (content, added) = await SaveAsync(bytes, cancellationToken);
            Add(_nodes.File(RawPath.FromText(name), Permissions, content, bytes.Length), added);
        }

        return (await FinishAsync(folder, [.. entries.OrderBy(entry => entry.Name)], cancellationToken), images);

        void Add(TreeNode node, long added)
        {
            entries.Add(node);
            _counter.Done(folder, node, parent.Find(node.Name), unread: false, added);
        }
    }

    public SnapshotSummary Summarize(DateTimeOffset startedAt, DateTimeOffset endedAt) => _counter.Summarize(_sink, startedAt, endedAt);

    private void CountAll()
    {
        foreach (var length in _options.Images.Select(image => image.Size).Concat(_options.Files.Values.Select(bytes => (long)bytes.Length)))
            _progress.Counted(length);
        _progress.AllCounted();
    }

    private async Task<(IReadOnlyList<BlobId> Content, long Added)> SaveAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        var (content, added) = (new List<BlobId>(), 0L);
        while (!bytes.IsEmpty)
        {
            var piece = bytes[..Math.Min(bytes.Length, _options.BlockSize)];
            var saved = await _sink.SaveAsync(BlobType.Data, piece, cancellationToken);
            content.Add(saved.Id);
            added += saved.IsNew ? piece.Length : 0;
            _progress.BytesRead(piece.Length);
            bytes = bytes[piece.Length..];
        }

        return (content, added);
    }

    private async Task<BlobId> FinishAsync(RawPath folder, IReadOnlyList<TreeNode> entries, CancellationToken cancellationToken)
    {
        var tree = await _sink.SaveAsync(BlobType.Tree, TreeWriter.Encode(entries), cancellationToken);
        for (; folder != RawPath.Root; folder = folder.Parent)
        {
            var node = _nodes.Folder(folder.FileName, tree.Id);
            _counter.Done(folder.Parent, node, null, unread: false, 0, onlyLeads: true);
            tree = await _sink.SaveAsync(BlobType.Tree, TreeWriter.Encode([node]), cancellationToken);
        }

        return tree.Id;
    }
}
