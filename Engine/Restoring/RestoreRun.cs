using BackupOnline.Engine.Blobs;
using BackupOnline.Engine.Buffers;
using BackupOnline.Engine.Files;
using BackupOnline.Engine.Ids;
using BackupOnline.Engine.Index;
using BackupOnline.Engine.Repositories;
using BackupOnline.Engine.Trees;

namespace BackupOnline.Engine.Restoring;

/// <summary>One restore: walks the tree, makes folders and small things at once, plans files in batches and performs them.</summary>
internal sealed class RestoreRun(
    Repository repository, RestoreOptions options, ConfinedFolder target, FolderCursor folders, RestoreProgress progress, RestoreLog log)
{
    private readonly Stack<(RestoreFolder Folder, RentedBuffer Tree, TreeReader Reader, HashSet<RawPath>? Names)> _open = new();
    private readonly Dictionary<(ulong Inode, ulong Device), (RestoreFile File, ulong LinksLeft)> _linked = [];
    private readonly RestoreSelection _selection = new(options);
    private readonly TargetCleaner? _cleaner = options.Delete ? new TargetCleaner(target, new RestoreSelection(options), log) : null;
    private readonly MetadataWriter _metadata = new(log);
    private readonly ContentWriter _content = new(repository, target, options, progress, log, new MetadataWriter(log));
    private readonly OverwriteGate _overwriting = new(options.Overwrite, folders);
    private readonly RestoreVerifier _verifier = new(repository, target, options, log);
    private readonly List<(BlobId Id, BlobLocation Location, long Offset)> _places = [];
    private readonly RestoreBatch _batch = new();

    public long Files { get; private set; }

    public long FilesWanted { get; private set; }

    public long OtherItems { get; private set; }

    public long Bytes { get; private set; }

    public long BytesWanted { get; private set; }

    public long FilesSkipped { get; private set; }

    public long BytesSkipped { get; private set; }

    public long FilesVerified => _verifier.Files;

    public long Deleted => _cleaner?.Deleted ?? 0;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            await WalkAsync(cancellationToken);
        }
        finally
        {
            foreach (var (_, tree, _, _) in _open)
                tree.Dispose();
        }

        progress.AllPlanned();
        await PerformAsync(cancellationToken);
    }

    private async Task WalkAsync(CancellationToken cancellationToken)
    {
        var root = new RestoreFolder(default, default, Parent: null, Node: null) { IsMade = true };
        Open(root, await repository.LoadTreeAsync(options.Tree, cancellationToken));
        while (_open.TryPeek(out var top))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (Read(top.Folder, top.Reader) is { } node)
            {
                top.Names?.Add(node.Name);
                await VisitAsync(top.Folder, node, cancellationToken);
            }
            else
            {
                _open.Pop().Tree.Dispose();
                if (top.Names is { } names && top.Folder is { IsUnread: false, IsBroken: false })
                    _cleaner!.Clean(top.Folder, names);
                if (top.Folder is { IsUsed: true, IsBroken: false, Node: not null })
                    _batch.Closed.Add(top.Folder);
            }

            if (_batch.IsFull)
                await PerformAsync(cancellationToken);
        }
    }

    // The names are only needed to know what else is in the target.
    private void Open(RestoreFolder folder, RentedBuffer tree) => _open.Push((folder, tree, new TreeReader(tree.Memory), _cleaner is null ? null : []));

    private TreeNode? Read(RestoreFolder folder, TreeReader reader)
    {
        try
        {
            return reader.Read();
        }
        catch (TreeFormatException e)
        {
            folder.IsUnread = true;
            log.Failed(folder.Path, $"the rest of the folder cannot be restored: {e.Message}", isDamage: true);
            return null;
        }
    }

    private async Task VisitAsync(RestoreFolder folder, TreeNode node, CancellationToken cancellationToken)
    {
        var (selected, enter) = _selection.IsAll ? (true, true) : _selection.Judge(RawPath.Root.Join(folder.PathOf(node.Name)), node);
        if (node.Type == NodeType.Folder)
        {
            var below = new RestoreFolder(folder.PathOf(node.Name), node.Name, folder, node);
            if (selected)
                Ensure(below);
            if (enter && !below.IsBroken)
                await EnterAsync(below, cancellationToken);
            else if (selected && !below.IsBroken)
                _batch.Closed.Add(below);
            OtherItems += selected && !below.IsBroken ? 1 : 0;
            return;
        }

        if (!selected)
            return;
        FilesWanted += node.Type == NodeType.File ? 1 : 0;
        if (!Ensure(folder))
            return;
        try
        {
            if (_overwriting.Stays(folder, node))
                Skip(node);
            else if (node.Type == NodeType.File)
                PlanFile(folder, node);
            else
                MakeOther(folders.Open(folder), node, folder.PathOf(node.Name));
        }
        catch (FileSystemException e) when (!e.IsFull)
        {
            log.Failed(folder.PathOf(node.Name), $"could not be restored: {e.Message}.");
        }
    }

    private async Task EnterAsync(RestoreFolder folder, CancellationToken cancellationToken)
    {
        try
        {
            if (folder.Node!.Subtree is not { } tree)
                throw new RepositoryException(RepositoryProblem.Corrupt, "The snapshot names no tree for it.");
            Open(folder, await repository.LoadTreeAsync(tree, cancellationToken));
        }
        catch (RepositoryException e) when (e.Problem is RepositoryProblem.NotFound or RepositoryProblem.Corrupt)
        {
            log.Failed(folder.Path, $"what is in the folder cannot be restored: {e.Message}", isDamage: true);
            if (folder.IsUsed)
                _batch.Closed.Add(folder);
        }
    }

    /// <summary>Makes the folder and those above it. What stands in its place and is no folder, a symlink above all, is replaced.</summary>
    private bool Ensure(RestoreFolder folder)
    {
        folder.IsUsed = true;
        if (folder.IsMade)
        {
            if (folder.Parent is { IsUsed: false } parent)
                Ensure(parent);
            return !folder.IsBroken;
        }

        folder.IsMade = true;
        folder.IsBroken = !Ensure(folder.Parent!);
        if (folder.IsBroken)
            return false;
        try
        {
            var handle = folders.Open(folder.Parent!);
            folder.Existed = !TargetFiles.TryMakeFolder(handle, folder.Name);
            if (folder.Existed && !LocalFiles.Status(handle, folder.Name).IsFolder)
            {
                if (options.Overwrite == OverwritePolicy.Never)
                {
                    folder.IsBroken = true;
                    log.Failed(folder.Path, "is in the way: it is no folder, and nothing is to be overwritten. What is in the folder is not restored.");
                    return false;
                }

                folder.Existed = false;
                TargetFiles.Remove(handle, folder.Name);
                _ = TargetFiles.TryMakeFolder(handle, folder.Name);
            }
        }
        catch (FileSystemException e) when (!e.IsFull)
        {
            folder.IsBroken = true;
            log.Failed(folder.Path, $"the folder could not be made: {e.Message}. What is in it is not restored.");
        }

        return !folder.IsBroken;
    }

    private void PlanFile(RestoreFolder folder, TreeNode node)
    {
        var file = new RestoreFile(folder, node);
        if (node.Links > 1 && TryLink(folder, node, file))
            return;
        BytesWanted += (long)node.Size;
        var length = Locate(file);
        if (file.IsFailed)
            return;

        if (node.Links < 2 && _overwriting.IsSame(folder, node))
        {
            _metadata.Apply(folders.Open(folder), node, file.Path);
            Skip(node, isCounted: true);
            return;
        }

        (file.Length, file.IsOnePart) = (length, _places.Count == 1);
        if (!file.IsOnePart)
        {
            // A fresh file: nothing of an old one shows through, and another name of an old one keeps its content.
            using var created = TargetFiles.ReplaceFile(folders.Open(folder), node.Name);
            TargetFiles.SetLength(created, length);
            file.IsMade = true;
        }

        foreach (var (id, location, offset) in _places)
            _batch.Want(id, location, file, offset);
        _batch.Files.Add(file);
        progress.Planned(length);
    }

    private void Skip(TreeNode node, bool isCounted = false)
    {
        if (node.Type != NodeType.File)
            return;
        (FilesSkipped, BytesSkipped) = (FilesSkipped + 1, BytesSkipped + (long)node.Size);
        BytesWanted += isCounted ? 0 : (long)node.Size;
    }

    /// <summary>Finds the file's parts for <see cref="_places"/>; how long they are together.</summary>
    private long Locate(RestoreFile file)
    {
        _places.Clear();
        var offset = 0L;
        foreach (var id in file.Node.Content ?? [])
        {
            if (repository.Index.TryFind(BlobType.Data, id, out var location))
            {
                _places.Add((id, location, offset));
                offset += location.PlainLength;
            }
            else if (file.TryFail(isDamage: true))
            {
                log.Failed(file.Path, $"cannot be restored: its part {id} is missing in the repository. Run check; another snapshot may have the file.", isDamage: true);
            }
        }

        return offset;
    }

    /// <summary>A further name of a file that was met before.</summary>
    private bool TryLink(RestoreFolder folder, TreeNode node, RestoreFile file)
    {
        var key = (node.Inode, node.DeviceId);
        if (!_linked.TryGetValue(key, out var first))
        {
            _linked[key] = (file, node.Links - 1);
            return false;
        }

        if (first.LinksLeft <= 1)
            _linked.Remove(key);
        else
            _linked[key] = (first.File, first.LinksLeft - 1);
        _batch.Links.Add((folder, node, first.File));
        progress.Planned(0);
        return true;
    }

    private void MakeOther(FolderHandle handle, TreeNode node, RawPath path)
    {
        // A socket means nothing without its process; restic does not store any.
        if (node.Type == NodeType.Socket)
            return;
        if (node.Type == NodeType.Unknown)
        {
            log.Failed(path, "is of a type that this version cannot restore.");
            return;
        }

        TargetFiles.Remove(handle, node.Name);
        if (node.Type == NodeType.Symlink)
            TargetFiles.Symlink(node.LinkTarget, handle, node.Name);
        else
            TargetFiles.MakeSpecial(node.Type, node.Device, handle, node.Name);
        _metadata.Apply(handle, node, path);
        OtherItems++;
    }

    private async Task PerformAsync(CancellationToken cancellationToken)
    {
        await _content.WriteAsync(_batch, cancellationToken);
        if (options.Verify)
            await _verifier.VerifyAsync(_batch.Files, cancellationToken);
        foreach (var file in _batch.Files)
        {
            if (file is { IsMade: true, IsFinished: false })
                InFolder(file.Folder, file.Path, handle => _metadata.Apply(handle, file.Node, file.Path));
            if (file.IsFailed)
                continue;
            (Files, Bytes) = (Files + 1, Bytes + file.Length);
            progress.FileDone();
        }

        foreach (var (folder, node, first) in _batch.Links)
        {
            var path = folder.PathOf(node.Name);
            if (!first.IsMade)
            {
                log.Failed(path, $"could not be restored: it is another name of {first.Path}, which could not be restored.", first.IsDamaged);
                continue;
            }

            var isLinked = InFolder(folder, path, handle =>
            {
                TargetFiles.Remove(handle, node.Name);
                using var from = target.Open(first.Folder.Path);
                TargetFiles.Link(from, first.Node.Name, handle, node.Name);
            });
            if (isLinked && first.IsFailed)
                log.Failed(path, $"is incomplete, as it is another name of {first.Path}.", first.IsDamaged);
            if (!isLinked || first.IsFailed)
                continue;
            Files++;
            progress.FileDone();
        }

        foreach (var folder in _batch.Closed.Where(folder => !folder.Existed || options.Overwrite != OverwritePolicy.Never))
            InFolder(folder.Parent!, folder.Path, handle => _metadata.Apply(handle, folder.Node!, folder.Path));
        _batch.Clear();
    }

    private bool InFolder(RestoreFolder folder, RawPath path, Action<FolderHandle> action)
    {
        try
        {
            action(folders.Open(folder));
            return true;
        }
        catch (FileSystemException e) when (!e.IsFull)
        {
            log.Failed(path, $"could not be finished: {e.Message}.");
            return false;
        }
    }
}
