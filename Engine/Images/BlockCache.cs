using BackupOnline.Engine.Blobs;
using BackupOnline.Engine.Ids;
using BackupOnline.Engine.Repositories;

namespace BackupOnline.Engine.Images;

/// <summary>The blocks that were used last, whole and verified. Who asks for one that is on its way waits for it. Thread-safe.</summary>
internal sealed class BlockCache(Repository repository, long maxBytes) : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<BlobId, LinkedListNode<Entry>> _entries = [];

    /// <summary>The one used last is first.</summary>
    private readonly LinkedList<Entry> _order = [];
    private readonly CancellationTokenSource _stop = new();
    private long _bytes;

    private readonly record struct Entry(BlobId Id, int Length, Task<byte[]> Plain);

    /// <summary>NotFound or Corrupt when it cannot be had; the next one who asks tries again.</summary>
    public Task<byte[]> LoadAsync(BlobId id, int length, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_entries.TryGetValue(id, out var known) && !known.Value.Plain.IsFaulted && !known.Value.Plain.IsCanceled)
            {
                _order.Remove(known);
                _order.AddFirst(known);
                return known.Value.Plain.WaitAsync(cancellationToken);
            }

            if (known is not null)
                Drop(known);
            var plain = Task.Run(() => LoadAsync(id, length), _stop.Token);
            _entries.Add(id, _order.AddFirst(new Entry(id, length, plain)));
            _bytes += length;
            for (var last = _order.Last; _bytes > maxBytes && last is not null && last != _order.First;)
            {
                var before = last.Previous;
                if (last.Value.Plain.IsCompleted)
                    Drop(last);
                last = before;
            }

            return plain.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Stops what is on its way, and waits for it.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        Task[] running;
        lock (_gate)
            running = [.. _order.Select(entry => entry.Plain)];
        await Task.WhenAll(running).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        _stop.Dispose();
    }

    private async Task<byte[]> LoadAsync(BlobId id, int length)
    {
        var plain = await repository.LoadBlobAsync(BlobType.Data, id, _stop.Token);
        return plain.Length == length
            ? plain
            : throw new RepositoryException(RepositoryProblem.Corrupt, $"The index tells {length} bytes for the data blob {id.ToShortString()}, and a copy of it has {plain.Length}. Rebuild the index with 'repair index'.");
    }

    private void Drop(LinkedListNode<Entry> entry)
    {
        _order.Remove(entry);
        _entries.Remove(entry.Value.Id);
        _bytes -= entry.Value.Length;
    }
}
