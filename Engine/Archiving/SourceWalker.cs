using System.Threading.Channels;
using BackupOnline.Engine.Files;
using BackupOnline.Engine.Filters;
using BackupOnline.Engine.Repositories;
using BackupOnline.Engine.Snapshots;
using BackupOnline.Engine.Trees;

namespace BackupOnline.Engine.Archiving;

/// <summary>
/// Walks the targets, folder by folder, names in byte order. What needs no reading it finishes itself; files to read go to the workers, and when these
/// do not keep up it waits: that bounds memory.
/// </summary>
internal sealed class SourceWalker(
    Repository repository,
    BackupOptions options,
    Snapshot? parentSnapshot,
    RawPath workingFolder,
    EntryGate gate,
    NodeFactory nodes,
    FolderFinisher finisher,
    ItemCounter counter,
    BackupLog log,
    BackupProgress progress,
    ChannelWriter<FileJob> jobs)
{
    /// <summary>A folder being walked.</summary>
    private sealed class Frame(FolderInProgress folder, PreviousFolder? previous)
    {
        public FolderInProgress Folder => folder;

        public PreviousFolder? Previous => previous;

        /// <summary>Entries of a real folder.</summary>
        public RawPath[] Names { get; init; } = [];

        public IReadOnlyList<FolderTag> Tags { get; init; } = [];

        public ulong DeviceId { get; init; }

        /// <summary>Entries of a folder that only leads to targets.</summary>
        public (RawPath Name, TargetTree Target)[] Targets { get; init; } = [];

        public int Next { get; set; }
    }

    private readonly Stack<Frame> _frames = new();

    /// <summary>Walks everything. The root completes when the workers are done as well.</summary>
    public async Task WalkAsync(TargetTree targets, FolderInProgress root, CancellationToken cancellationToken)
    {
        try
        {
            var previous = await OpenPreviousAsync(parentSnapshot?.Tree, RawPath.Root, cancellationToken);
            _frames.Push(new Frame(root, previous) { Targets = [.. targets.Entries.Select(entry => (entry.Key, entry.Value))] });
            while (_frames.TryPeek(out var frame))
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (frame.Next < frame.Targets.Length)
                {
                    var (name, target) = frame.Targets[frame.Next++];
                    await VisitTargetAsync(frame, name, target, cancellationToken);
                }
                else if (frame.Next < frame.Names.Length)
                {
                    var name = frame.Names[frame.Next++];
                    var source = new SourceEntry(frame.Folder.Handle!, name, name, frame.Folder.AbsolutePath.Join(name), OwnsParent: false);
                    await VisitAsync(frame, source, frame.Tags, frame.DeviceId, cancellationToken);
                }
                else
                {
                    _frames.Pop();
                    var isDone = frame.Folder.Seal(frame.Previous);
                    frame.Previous?.Dispose();
                    if (isDone)
                        await finisher.FinishAsync(frame.Folder, cancellationToken);
                }
            }
        }
        finally
        {
            while (_frames.TryPop(out var frame))
            {
                frame.Previous?.Dispose();
                frame.Folder.Handle?.Dispose();
            }
        }
    }

    private async ValueTask VisitTargetAsync(Frame frame, RawPath name, TargetTree target, CancellationToken cancellationToken)
    {
        var path = target.Source.IsEmpty ? target.MetadataSource : target.Source;
        var absolute = path.MakeAbsolute(workingFolder);
        try
        {
            if (target.Source.IsEmpty)
            {
                await EnterLeadingFolderAsync(frame, name, target, absolute, cancellationToken);
                return;
            }

            var parent = LocalFiles.OpenFolderFollowing(absolute.Parent);
            var source = new SourceEntry(parent, absolute.FileName, name, absolute, OwnsParent: true);
            var handedOver = false;
            try
            {
                var tags = gate.TagsIn(parent, absolute.Parent);
                handedOver = await VisitAsync(frame, source, tags, LocalFiles.Status(parent).DeviceId, cancellationToken);
            }
            finally
            {
                if (!handedOver)
                    source.Release();
            }
        }
        catch (FileSystemException e)
        {
            log.Failed(absolute, e.Message);
        }
    }

    /// <summary>A folder above targets: its metadata is real, symlinks on the way followed, its entries are only what leads to targets.</summary>
    private async ValueTask EnterLeadingFolderAsync(Frame frame, RawPath name, TargetTree target, RawPath absolute, CancellationToken cancellationToken)
    {
        using var handle = LocalFiles.OpenFolderFollowing(absolute);
        var status = LocalFiles.Status(handle);
        var node = nodes.Create(name, status, handle, RawPath.FromText("."), absolute.Join(RawPath.FromText(".")));
        var previous = frame.Previous?.Find(name);
        var folder = new FolderInProgress(
            frame.Folder, frame.Folder.Reserve(), frame.Folder.SnapshotPath.Join(name), absolute, handle: null, node, previous);
        _frames.Push(new Frame(folder, await OpenPreviousAsync(previous?.Subtree, folder.SnapshotPath, cancellationToken))
        {
            Targets = [.. target.Entries.Select(entry => (entry.Key, entry.Value))],
        });
    }

    /// <summary>True when the entry was handed to a worker, which then releases it.</summary>
    private async ValueTask<bool> VisitAsync(
        Frame frame, SourceEntry source, IReadOnlyList<FolderTag> tags, ulong deviceOfParent, CancellationToken cancellationToken)
    {
        if (gate.ExcludesName(source.AbsolutePath, source.Entry, tags))
            return false;
        try
        {
            var status = LocalFiles.Status(source.Parent, source.Entry);
            if (gate.Excludes(source.AbsolutePath, status, deviceOfParent))
                return false;
            var previous = frame.Previous?.Find(source.Name);
            switch (status.Type)
            {
                case NodeType.File when IsUnchanged(source.AbsolutePath, status, previous):
                    var unread = nodes.Unchanged(previous, status)
                        ?? nodes.Create(source.Name, status, source.Parent, source.Entry, source.AbsolutePath) with { Content = previous!.Content };
                    progress.BytesRead(status.Size);
                    Complete(frame, unread, previous, unread: true);
                    return false;

                case NodeType.File:
                    await jobs.WriteAsync(new FileJob(source, frame.Folder, frame.Folder.Reserve(), previous), cancellationToken);
                    return true;

                case NodeType.Folder:
                    await EnterFolderAsync(frame, source, previous, cancellationToken);
                    return false;

                // As restic: a socket is nothing without the process that made it.
                case NodeType.Socket:
                    return false;

                case NodeType.Unknown:
                    log.Failed(source.AbsolutePath, "is of a type that cannot be backed up.");
                    return false;

                default:
                    var node = nodes.Unchanged(previous, status) ?? nodes.Create(source.Name, status, source.Parent, source.Entry, source.AbsolutePath);
                    Complete(frame, node, previous, unread: false);
                    return false;
            }
        }
        catch (FileSystemException e)
        {
            log.Failed(source.AbsolutePath, e.Message);
            return false;
        }
    }

    private async ValueTask EnterFolderAsync(Frame frame, SourceEntry source, TreeNode? previous, CancellationToken cancellationToken)
    {
        var handle = LocalFiles.OpenFolder(source.Parent, source.Entry);
        try
        {
            var status = LocalFiles.Status(handle);
            var node = nodes.Unchanged(previous, status) ?? nodes.Create(source.Name, status, source.Parent, source.Entry, source.AbsolutePath);
            var names = gate.KeepsEmpty(source.AbsolutePath, status) ? [] : LocalFiles.EntryNames(handle);
            var tags = gate.TagsIn(handle, source.AbsolutePath);
            var snapshotPath = frame.Folder.SnapshotPath.Join(source.Name);
            var previousFolder = await OpenPreviousAsync(previous?.Subtree, snapshotPath, cancellationToken);
            var folder = new FolderInProgress(frame.Folder, frame.Folder.Reserve(), snapshotPath, source.AbsolutePath, handle, node, previous);
            _frames.Push(new Frame(folder, previousFolder) { Names = names, Tags = tags, DeviceId = status.DeviceId });
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    }

    private void Complete(Frame frame, TreeNode node, TreeNode? previous, bool unread)
    {
        // The walker's own hold keeps the folder pending, so this can never be the last.
        frame.Folder.Complete(frame.Folder.Reserve(), node, previous);
        counter.Done(frame.Folder.SnapshotPath, node, previous, unread, addedBytes: 0);
    }

    private bool IsUnchanged(RawPath path, in FileStatus status, TreeNode? previous)
    {
        if (previous is not { Type: NodeType.File, Content: { } content }
            || previous.Size != (ulong)status.Size
            || !previous.ModifiedAt.IsSameMoment(status.ModifiedAt)
            || (!options.IgnoreChangeTime && !previous.ChangedAt.IsSameMoment(status.ChangedAt))
            || (!options.IgnoreInode && previous.Inode != status.Inode))
            return false;
        foreach (var id in content)
        {
            if (!repository.Index.Contains(Blobs.BlobType.Data, id))
            {
                log.Noticed(path, "is unchanged, but parts of it are missing in the repository; it is read and stored again.");
                return false;
            }
        }

        return true;
    }

    private async ValueTask<PreviousFolder?> OpenPreviousAsync(Ids.BlobId? tree, RawPath snapshotPath, CancellationToken cancellationToken) =>
        await PreviousFolder.OpenAsync(
            repository,
            tree,
            message => log.Noticed(snapshotPath, $"could not be compared with the parent snapshot; its files are read again. {message}"),
            cancellationToken);
}
