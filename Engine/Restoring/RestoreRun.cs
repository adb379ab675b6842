using BackupOnline.Engine.Buffers;
using BackupOnline.Engine.Files;
using BackupOnline.Engine.Repositories;
using BackupOnline.Engine.Trees;

namespace BackupOnline.Engine.Restoring;

/// <summary>One restore: walks the tree, makes folders and small things at once, plans files in batches and has them performed.</summary>
internal sealed class RestoreRun
{
    private readonly Repository _repository;
    private readonly RestoreOptions _options;
    private readonly RestoreProgress _progress;
    private readonly RestoreLog _log;
    private readonly FolderCursor _folders;
    private readonly RestoreSelection _selection;
    private readonly TargetCleaner? _cleaner;
    private readonly MetadataWriter _metadata;
    private readonly OverwriteGate _overwriting;
    private readonly FolderMaker _maker;
    private readonly RestoreBatch _batch = new();
    private readonly FilePlanner _planner;
    private readonly BatchPerformer _performer;
    private readonly Stack<(RestoreFolder Folder, RentedBuffer Tree, TreeReader Reader, HashSet<RawPath>? Names)> _open = new();

    public RestoreRun(Repository repository, RestoreOptions options, ConfinedFolder target, FolderCursor folders, RestoreProgress progress, RestoreLog log)
    {
        (_repository, _options, _progress, _log, _folders) = (repository, options, progress, log, folders);
        _selection = new RestoreSelection(options);
        _cleaner = options.Delete ? new TargetCleaner(target, new RestoreSelection(options), log) : null;
        _metadata = new MetadataWriter(log);
        _overwriting = new OverwriteGate(options.Overwrite, folders);
        _maker = new FolderMaker(folders, options.Overwrite, log);
        _performer = new BatchPerformer(repository, options, target, folders, Tally, progress, log);
        _planner = new FilePlanner(repository, folders, _overwriting, _batch, _performer, Tally, progress, log);
    }

    public RestoreTally Tally { get; } = new();

    public long FilesVerified => _performer.FilesVerified;

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

        _progress.AllPlanned();
        await _performer.PerformAsync(_batch, cancellationToken);
    }

    private async Task WalkAsync(CancellationToken cancellationToken)
    {
        var root = new RestoreFolder(default, default, Parent: null, Node: null) { IsMade = true };
        Open(root, await _repository.LoadTreeAsync(_options.Tree, cancellationToken));
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
                await _performer.PerformAsync(_batch, cancellationToken);
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
            _log.Failed(folder.Path, $"the rest of the folder cannot be restored: {e.Message}", isDamage: true);
            return null;
        }
    }

    private async Task VisitAsync(RestoreFolder folder, TreeNode node, CancellationToken cancellationToken)
    {
        var (selected, enter) = _selection.IsAll ? (true, true) : _selection.Judge(RawPath.Root.Join(folder.PathOf(node.Name)), node);
        if (node.Type == NodeType.Folder)
            await VisitFolderAsync(new RestoreFolder(folder.PathOf(node.Name), node.Name, folder, node), selected, enter, cancellationToken);
        else if (selected)
            await RestoreAsync(folder, node, cancellationToken);
    }

    private async Task VisitFolderAsync(RestoreFolder folder, bool selected, bool enter, CancellationToken cancellationToken)
    {
        if (selected)
            _maker.Ensure(folder);
        if (enter && !folder.IsBroken)
            await EnterAsync(folder, cancellationToken);
        else if (selected && !folder.IsBroken)
            _batch.Closed.Add(folder);
        if (selected && !folder.IsBroken)
            Tally.OtherDone();
    }

    private async Task EnterAsync(RestoreFolder folder, CancellationToken cancellationToken)
    {
        try
        {
            if (folder.Node!.Subtree is not { } tree)
                throw new RepositoryException(RepositoryProblem.Corrupt, "The snapshot names no tree for it.");
            Open(folder, await _repository.LoadTreeAsync(tree, cancellationToken));
        }
        catch (RepositoryException e) when (e.IsOfOneObject)
        {
            _log.Failed(folder.Path, $"what is in the folder cannot be restored: {e.Message}", isDamage: true);
            if (folder.IsUsed)
                _batch.Closed.Add(folder);
        }
    }

    private async ValueTask RestoreAsync(RestoreFolder folder, TreeNode node, CancellationToken cancellationToken)
    {
        if (node.Type == NodeType.File)
            Tally.WantFile();
        if (!_maker.Ensure(folder))
            return;
        try
        {
            if (_overwriting.Stays(folder, node))
                Leave(node);
            else if (node.Type == NodeType.File)
                await _planner.PlanAsync(folder, node, cancellationToken);
            else
                MakeOther(_folders.Open(folder), node, folder.PathOf(node.Name));
        }
        catch (FileSystemException e) when (!e.IsFull)
        {
            _log.Failed(folder.PathOf(node.Name), $"could not be restored: {e.Message}.");
        }
    }

    private void Leave(TreeNode node)
    {
        if (node.Type != NodeType.File)
            return;
        Tally.WantBytes((long)node.Size);
        Tally.Skipped((long)node.Size);
    }

    private void MakeOther(FolderHandle handle, TreeNode node, RawPath path)
    {
        // A socket means nothing without its process; restic does not store any.
        if (node.Type == NodeType.Socket)
            return;
        if (node.Type == NodeType.Unknown)
        {
            _log.Failed(path, "is of a type that this version cannot restore.");
            return;
        }

        TargetFiles.Remove(handle, node.Name);
        if (node.Type == NodeType.Symlink)
            TargetFiles.Symlink(node.LinkTarget, handle, node.Name);
        else
            TargetFiles.MakeSpecial(node.Type, node.Device, handle, node.Name);
        _metadata.Apply(handle, node, path);
        Tally.OtherDone();
    }
}
