using System.Runtime.ExceptionServices;
using System.Security.Cryptography;
using BackupOnline.Engine.Blobs;
using BackupOnline.Engine.Buffers;
using BackupOnline.Engine.Crypto;
using BackupOnline.Engine.Ids;
using BackupOnline.Engine.Index;
using BackupOnline.Engine.Repositories;
using BackupOnline.Engine.Stores;

namespace BackupOnline.Engine.Packs;

/// <summary>
/// Puts blobs into packs and packs into the store. Two packs per type are open at a time and each blob goes into one of them at random:
/// the sizes of neighbouring chunks, which can tell a known file, are not to be read off a pack (restic does so from 0.18).
/// The first failure is kept: everything after it throws it again, since a blob that another saver counts on may be lost.
/// </summary>
internal sealed class PackWriter : IAsyncDisposable
{
    private const int OpenPacksPerType = 2;

    // Beside the pack itself: what most last chunks and the header take. A pack whose next blob needs more is closed a little earlier.
    private const int RoomForLastBlob = 1 << 20;

    private readonly IRepositoryStore _store;
    private readonly RepositoryCipher _cipher;
    private readonly BlobIndex _index;
    private readonly IndexFlusher _flusher;
    private readonly PackBufferPool _dataBuffers;
    private readonly PackBufferPool _treeBuffers;
    private readonly SemaphoreSlim _connections;
    private readonly Slot[] _slots;
    private readonly int _packSize;
    private readonly bool _verify;
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _gate = new();
    private readonly HashSet<Task> _uploads = [];
    private ExceptionDispatchInfo? _failure;

    public PackWriter(IRepositoryStore store, RepositoryCipher cipher, BlobIndex index, IndexFlusher flusher, RepositoryOptions options)
    {
        (_store, _cipher, _index, _flusher) = (store, cipher, index, flusher);
        (_packSize, _verify) = (options.PackSizeBytes, options.ExtraVerify);

        // Where the uploads are slow, both open packs wait for one to end, and all connections are in use; where they are fast, one buffer beside the open packs is enough.
        _dataBuffers = new PackBufferPool(OpenPacksPerType + Math.Max(1, options.UploadConcurrency - 1), _packSize + RoomForLastBlob);
        _treeBuffers = new PackBufferPool(OpenPacksPerType + 1, _packSize + RoomForLastBlob);
        _slots = [.. Enumerable.Range(0, 2 * OpenPacksPerType).Select(i => new Slot(i / OpenPacksPerType == (int)BlobType.Tree ? _treeBuffers : _dataBuffers, OpenPack.FirstLimit(i, _packSize)))];
        _connections = new SemaphoreSlim(options.UploadConcurrency);
    }

    /// <summary>Adds a blob that the caller has reserved in the index. Gives its sealed length. Any failure in here, cancellation too, is final for this writer.</summary>
    public async ValueTask<int> AddAsync(
        BlobType type, BlobId id, ReadOnlyMemory<byte> payload, int plainLength, bool isCompressed, CancellationToken cancellationToken)
    {
        try
        {
            ThrowIfFailed();
            var sealedLength = payload.Length + RepositoryCipher.Overhead;
            var slot = _slots[((int)type * OpenPacksPerType) + RandomNumberGenerator.GetInt32(OpenPacksPerType)];
            while (!TryAdd(slot, type, id, payload.Span, plainLength, isCompressed))
                await RefillAsync(slot, sealedLength, cancellationToken);
            return sealedLength;
        }
        catch (Exception e)
        {
            Fail(e);
            throw;
        }
    }

    /// <summary>Closes the open packs and waits until all are durable and indexed.</summary>
    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        foreach (var slot in _slots)
        {
            OpenPack? pack;
            lock (slot)
                (pack, slot.Pack) = (slot.Pack, null);
            if (pack is not null)
                StartUpload(slot.Buffers, pack);
        }

        Task[] uploads;
        lock (_gate)
            uploads = [.. _uploads];
        await Task.WhenAll(uploads).WaitAsync(cancellationToken);
        ThrowIfFailed();
        try
        {
            await _flusher.FlushAsync(cancellationToken);
        }
        catch (Exception e)
        {
            // Its packs are in no index file: a later flush must not succeed without them.
            Fail(e);
            throw;
        }
    }

    public void ThrowIfFailed() => Volatile.Read(ref _failure)?.Throw();

    /// <summary>Keeps the first failure and lets nobody wait any longer.</summary>
    public void Fail(Exception failure)
    {
        if (Interlocked.CompareExchange(ref _failure, ExceptionDispatchInfo.Capture(failure), null) is null)
            _stop.Cancel();
    }

    public async ValueTask DisposeAsync()
    {
        Fail(new ObjectDisposedException(nameof(Repository)));
        Task[] uploads;
        lock (_gate)
            uploads = [.. _uploads];
        await Task.WhenAll(uploads);
        foreach (var slot in _slots)
        {
            lock (slot)
            {
                if (slot.Pack is not null)
                    slot.Buffers.Return(slot.Pack.Buffer);
                slot.Pack = null;
            }
        }

        _dataBuffers.Dispose();
        _treeBuffers.Dispose();
        _connections.Dispose();
        _stop.Dispose();
    }

    private bool TryAdd(Slot slot, BlobType type, BlobId id, ReadOnlySpan<byte> payload, int plainLength, bool isCompressed)
    {
        OpenPack? full = null;
        lock (slot)
        {
            if (slot.Pack?.HasRoomFor(payload.Length + RepositoryCipher.Overhead) != true)
                return false;
            slot.Pack.Add(type, id, payload, plainLength, isCompressed);
            if (slot.Pack.Length >= slot.Limit)
                (full, slot.Pack, slot.Limit) = (slot.Pack, null, _packSize);
        }

        if (full is not null)
            StartUpload(slot.Buffers, full);
        return true;
    }

    private async ValueTask RefillAsync(Slot slot, int sealedLength, CancellationToken cancellationToken)
    {
        OpenPack? full;
        lock (slot)
        {
            // Another saver may have opened a roomy pack meanwhile.
            if (slot.Pack?.HasRoomFor(sealedLength) == true)
                return;
            (full, slot.Pack) = (slot.Pack, null);
        }

        if (full is not null)
            StartUpload(slot.Buffers, full);
        var buffer = await RentAsync(slot.Buffers, checked(sealedLength + PackHeader.MaxBytes(1)), cancellationToken);
        lock (slot)
        {
            if (slot.Pack is null)
            {
                slot.Pack = new OpenPack(buffer, _cipher);
                return;
            }
        }

        slot.Buffers.Return(buffer);
    }

    private async ValueTask<NativeBuffer> RentAsync(PackBufferPool buffers, int atLeast, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _stop.Token);
        try
        {
            return await buffers.RentAsync(atLeast, either.Token);
        }
        catch (OperationCanceledException)
        {
            ThrowIfFailed();
            throw;
        }
    }

    private void StartUpload(PackBufferPool buffers, OpenPack pack)
    {
        var upload = new Task<Task>(() => UploadAsync(buffers, pack));
        var whole = upload.Unwrap();
        lock (_gate)
        {
            _uploads.RemoveWhere(task => task.IsCompleted);
            _uploads.Add(whole);
        }

        upload.Start(TaskScheduler.Default);
    }

    // Never throws: failures are kept for the savers.
    private async Task UploadAsync(PackBufferPool buffers, OpenPack pack)
    {
        try
        {
            await _connections.WaitAsync(_stop.Token);
            try
            {
                if (_verify)
                    pack.Verify();
                var id = pack.Finish();
                await _store.PutAsync(new ObjectName(ObjectKind.Data, id), pack.Bytes, _stop.Token);
                _index.AddPack(id, pack.Blobs);
                await _flusher.AddAsync(id, pack.Blobs, _stop.Token);
            }
            finally
            {
                _connections.Release();
            }
        }
        catch (Exception e)
        {
            Fail(e);
        }
        finally
        {
            buffers.Return(pack.Buffer);
        }
    }

    private sealed class Slot(PackBufferPool buffers, int limit)
    {
        /// <summary>Bytes at which its pack is closed.</summary>
        public int Limit { get; set; } = limit;

        public PackBufferPool Buffers { get; } = buffers;

        public OpenPack? Pack { get; set; }
    }
}
