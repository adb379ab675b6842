using System.Threading.Channels;
using BackupOnline.Engine.Blobs;
using BackupOnline.Engine.Ids;
using BackupOnline.Engine.Repositories;
using BackupOnline.Engine.Trees;

namespace BackupOnline.Engine.Dumping;

/// <summary>
/// Items with the blobs of their content, in order, read ahead: several at a time, since each costs a round trip, but never more than
/// <see cref="RoomMiB"/> of them at once.
/// </summary>
internal sealed class DumpQueue : IAsyncDisposable
{
    private const int RoomMiB = 64;
    private const int Readers = 8;
    private const int MaxSteps = 64;

    private readonly Repository _repository;
    private readonly Channel<Step> _steps = Channel.CreateBounded<Step>(new BoundedChannelOptions(MaxSteps) { SingleReader = true, SingleWriter = true });
    private readonly SemaphoreSlim _room = new(RoomMiB);
    private readonly SemaphoreSlim _readers = new(Readers);
    private readonly CancellationTokenSource _stop;
    private readonly Task _filling;

    /// <param name="repository">Its index must be loaded.</param>
    /// <param name="items">What will be dumped.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public DumpQueue(Repository repository, IAsyncEnumerable<TreeItem> items, CancellationToken cancellationToken)
    {
        _repository = repository;
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _filling = Task.Run(() => FillAsync(items, _stop.Token), CancellationToken.None);
    }

    private readonly record struct Step(TreeItem? Item, Task<byte[]>? Blob, int Room);

    /// <summary>The next item; null after the last. Its blobs must be taken before the item after it.</summary>
    public async Task<TreeItem?> NextItemAsync() =>
        await _steps.Reader.WaitToReadAsync(_stop.Token) && _steps.Reader.TryRead(out var step)
            ? step.Item ?? throw new InvalidOperationException("The blobs of the item before were not taken.")
            : null;

    /// <summary>The next blob of the present item. NotFound or Corrupt when it cannot be had.</summary>
    public async Task<byte[]> NextBlobAsync()
    {
        if (!await _steps.Reader.WaitToReadAsync(_stop.Token) || !_steps.Reader.TryRead(out var step) || step.Blob is null)
            throw new InvalidOperationException("The item has no more blobs.");
        try
        {
            return await step.Blob;
        }
        finally
        {
            _room.Release(step.Room);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _filling;
        while (_steps.Reader.TryRead(out var step))
        {
            if (step.Blob is { } blob)
                await blob.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }

        _stop.Dispose();
        _room.Dispose();
        _readers.Dispose();
    }

    // Never throws: the failure is the reader's to meet.
    private async Task FillAsync(IAsyncEnumerable<TreeItem> items, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var item in items.WithCancellation(cancellationToken))
            {
                await _steps.Writer.WriteAsync(new Step(item, null, 0), cancellationToken);
                foreach (var id in EntryContent.Of(item.Node))
                    await _steps.Writer.WriteAsync(await StartAsync(id, cancellationToken), cancellationToken);
            }

            _steps.Writer.Complete();
        }
        catch (Exception e)
        {
            _steps.Writer.Complete(e);
        }
    }

    private async Task<Step> StartAsync(BlobId id, CancellationToken cancellationToken)
    {
        // Only this method takes room, so that taking it piece by piece cannot lock up.
        var room = _repository.Index.TryFind(BlobType.Data, id, out var place) ? Math.Clamp((place.PlainLength >> 20) + 1, 1, RoomMiB) : 1;
        for (var taken = 0; taken < room; taken++)
            await _room.WaitAsync(cancellationToken);
        return new Step(null, Task.Run(() => LoadAsync(id, cancellationToken), CancellationToken.None), room);
    }

    private async Task<byte[]> LoadAsync(BlobId id, CancellationToken cancellationToken)
    {
        await _readers.WaitAsync(cancellationToken);
        try
        {
            return await _repository.LoadBlobAsync(BlobType.Data, id, cancellationToken);
        }
        finally
        {
            _readers.Release();
        }
    }
}
