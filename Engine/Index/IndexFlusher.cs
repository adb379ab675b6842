using BackupOnline.Engine.Blobs;
using BackupOnline.Engine.Crypto;
using BackupOnline.Engine.Ids;
using BackupOnline.Engine.Packs;
using BackupOnline.Engine.Repositories;
using BackupOnline.Engine.Stores;

namespace BackupOnline.Engine.Index;

/// <summary>
/// Collects durable packs and writes index files for them, so that a killed run can be gone on with. When: see <see cref="RepositoryOptions.IndexFlushMinAge"/>.
/// </summary>
internal sealed class IndexFlusher(IRepositoryStore store, RepositoryCipher cipher, RepositoryOptions options)
{
    // The part of a run's time that a kill may cost.
    private const double LossOfRun = 0.1;

    private readonly Lock _gate = new();
    private List<(ObjectId Pack, IReadOnlyList<PackedBlob> Blobs)> _waiting = [];
    private int _waitingBlobs;
    private long? _runStarted;
    private long _oldestWaiting;

    /// <summary>Takes note of a durable pack, and writes an index file if one is due.</summary>
    public async Task AddAsync(ObjectId pack, IReadOnlyList<PackedBlob> blobs, CancellationToken cancellationToken)
    {
        List<(ObjectId, IReadOnlyList<PackedBlob>)>? due = null;
        lock (_gate)
        {
            var now = options.Time.GetTimestamp();
            _runStarted ??= now;
            if (_waiting.Count == 0)
                _oldestWaiting = now;
            _waiting.Add((pack, blobs));
            _waitingBlobs += blobs.Count;
            if (_waitingBlobs >= options.IndexFlushBlobs || options.Time.GetElapsedTime(_oldestWaiting, now) >= AllowedAge(now))
                due = TakeWaiting();
        }

        if (due is not null)
            await WriteAsync(due, cancellationToken);
    }

    /// <summary>Writes what waits; nothing when nothing does.</summary>
    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        List<(ObjectId, IReadOnlyList<PackedBlob>)> waiting;
        lock (_gate)
            waiting = TakeWaiting();
        if (waiting.Count > 0)
            await WriteAsync(waiting, cancellationToken);
    }

    private TimeSpan AllowedAge(long now)
    {
        var share = options.Time.GetElapsedTime(_runStarted!.Value, now) * LossOfRun;
        return share < options.IndexFlushMinAge ? options.IndexFlushMinAge : share > options.IndexFlushMaxAge ? options.IndexFlushMaxAge : share;
    }

    private List<(ObjectId, IReadOnlyList<PackedBlob>)> TakeWaiting()
    {
        var taken = _waiting;
        _waiting = [];
        _waitingBlobs = 0;
        return taken;
    }

    private async Task WriteAsync(List<(ObjectId, IReadOnlyList<PackedBlob>)> packs, CancellationToken cancellationToken)
    {
        var bytes = UnpackedCodec.Seal(cipher, IndexWriter.Write(packs).Span);
        await store.PutAsync(new ObjectName(ObjectKind.Index, ObjectId.Of(bytes)), bytes, cancellationToken);
    }
}
