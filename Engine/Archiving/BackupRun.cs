using System.Threading.Channels;
using BackupOnline.Engine.Chunking;
using BackupOnline.Engine.Files;
using BackupOnline.Engine.Ids;
using BackupOnline.Engine.Repositories;
using BackupOnline.Engine.Snapshots;

namespace BackupOnline.Engine.Archiving;

/// <summary>One backup: a walker, its workers, and what they share.</summary>
internal sealed class BackupRun
{
    /// <summary>Files that wait for a worker. More would only hold more folders open.</summary>
    private const int QueueLength = 256;

    private readonly Repository _repository;
    private readonly BackupOptions _options;
    private readonly Snapshot? _parent;
    private readonly RawPath _workingFolder;
    private readonly BackupProgress _progress;
    private readonly BlobSink _sink;
    private readonly FolderFinisher _finisher;
    private readonly NodeFactory _nodes;
    private readonly Channel<FileJob> _jobs = Channel.CreateBounded<FileJob>(new BoundedChannelOptions(QueueLength) { SingleWriter = true });

    public BackupRun(Repository repository, BackupOptions options, Snapshot? parent, RawPath workingFolder, BackupProgress progress)
    {
        (_repository, _options, _parent, _workingFolder, _progress) = (repository, options, parent, workingFolder, progress);
        Log = new BackupLog(options.Observer, progress);
        Counter = new ItemCounter(options.Observer, progress);
        _sink = new BlobSink(repository, options.DryRun, progress);
        _finisher = new FolderFinisher(_sink, Counter);
        _nodes = new NodeFactory(options.WithAccessTimes, Log);
    }

    public BackupLog Log { get; }

    public ItemCounter Counter { get; }

    /// <summary>Archives all targets; the root tree.</summary>
    public async Task<BlobId> ArchiveAsync(CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var targets = PlanTargets();
        var gate = new EntryGate(_options, _workingFolder, Log);
        var root = new FolderInProgress(parent: null, slot: 0, RawPath.Root, RawPath.Root, handle: null, node: null, previous: null);
        var walker = new SourceWalker(_repository, _options, _parent, _workingFolder, gate, _nodes, _finisher, Counter, Log, _progress, _jobs.Writer);
        var counting = _options.CountTotals
            ? Task.Run(() => new TotalsCounter(new EntryGate(_options, _workingFolder, log: null), _workingFolder, _progress).Count(targets, stop.Token), stop.Token)
            : Task.CompletedTask;

        var chunker = new Chunker(_repository.Config.ChunkerPolynomial);
        List<Task> tasks = [Task.Run(() => WalkAsync(walker, targets, root, stop.Token), CancellationToken.None)];
        for (var i = 0; i < _options.ReadConcurrency; i++)
            tasks.Add(Task.Run(() => WorkAsync(new FileArchiver(chunker, _sink, _nodes, Log, _progress), stop.Token), CancellationToken.None));

        // The first failure stops the others; they must have ended before it is thrown, since they use the repository.
        Exception? failure = null;
        while (tasks.Count > 0)
        {
            var ended = await Task.WhenAny(tasks);
            tasks.Remove(ended);
            try
            {
                await ended;
            }
            catch (Exception e)
            {
                failure ??= e;
                await stop.CancelAsync();
            }
        }

        await stop.CancelAsync();
        await counting.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        CloseLeftOvers();
        cancellationToken.ThrowIfCancellationRequested();
        if (failure is not null)
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(failure);
        return await _finisher.Root;
    }

    public SnapshotSummary Summarize(DateTimeOffset startedAt, DateTimeOffset endedAt) => Counter.Summarize(_sink, startedAt, endedAt);

    private TargetTree PlanTargets()
    {
        try
        {
            return TargetTree.Build(_options.Targets, _workingFolder);
        }
        catch (FileSystemException e)
        {
            throw new NothingToBackUpException($"The targets could not be listed, and no snapshot was made: {e.Message}.", []);
        }
    }

    private async Task WalkAsync(SourceWalker walker, TargetTree targets, FolderInProgress root, CancellationToken cancellationToken)
    {
        try
        {
            await walker.WalkAsync(targets, root, cancellationToken);
        }
        finally
        {
            _jobs.Writer.Complete();
        }
    }

    private async Task WorkAsync(FileArchiver archiver, CancellationToken cancellationToken)
    {
        await foreach (var job in _jobs.Reader.ReadAllAsync(cancellationToken))
        {
            try
            {
                var (node, added) = await archiver.ArchiveAsync(job.Source, cancellationToken);
                if (node is not null)
                    Counter.Done(job.Folder.SnapshotPath, node, job.Previous, unread: false, added);
                if (job.Folder.Complete(job.Slot, node, job.Previous))
                    await _finisher.FinishAsync(job.Folder, cancellationToken);
            }
            finally
            {
                job.Source.Release();
            }
        }
    }

    /// <summary>After a failure files may wait that no worker will take.</summary>
    private void CloseLeftOvers()
    {
        while (_jobs.Reader.TryRead(out var job))
        {
            job.Source.Release();
            for (var folder = job.Folder; folder is not null; folder = folder.Parent)
                folder.Handle?.Dispose();
        }
    }
}
