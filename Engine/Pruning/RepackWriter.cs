using System.Security.Cryptography;
using BackupOnline.Engine.Buffers;
using BackupOnline.Engine.Ids;
using BackupOnline.Engine.Index;
using BackupOnline.Engine.Packs;
using BackupOnline.Engine.Repositories;

namespace BackupOnline.Engine.Pruning;

/// <summary>
/// Puts sealed blobs into new packs. As a backup does, two packs per type are open and each blob goes into one at random. No index names the packs yet.
/// Thread-safe; whoever fills a pack uploads it, so memory is bounded by the open packs and one for each caller.
/// </summary>
internal sealed class RepackWriter(Repository repository) : IDisposable
{
    private const int OpenPacksPerType = 2;

    // Beside the pack itself: the largest chunk and what a header may take then.
    private const int RoomForLastBlob = (8 << 20) + (1 << 20);

    private readonly Lock _gate = new();
    private readonly OpenPack?[] _open = new OpenPack?[2 * OpenPacksPerType];
    private readonly int[] _limits = [.. Enumerable.Range(0, 2 * OpenPacksPerType).Select(slot => OpenPack.FirstLimit(slot, repository.Options.PackSizeBytes))];
    private readonly List<(ObjectId, IReadOnlyList<PackedBlob>)> _written = [];
    private readonly HashSet<ObjectId> _begun = [];

    private readonly Stack<NativeBuffer> _idle = [];
    private readonly int _usualCapacity = repository.Options.PackSizeBytes + RoomForLastBlob;
    private long _bytes;

    /// <summary>The packs that are durable.</summary>
    public IReadOnlyList<(ObjectId Pack, IReadOnlyList<PackedBlob> Blobs)> Written => _written;

    /// <summary>The packs that may be in the store, a failed upload's too.</summary>
    public IReadOnlyCollection<ObjectId> Begun => _begun;

    public long Bytes => _bytes;

    public async Task AddAsync(IndexedBlob blob, ReadOnlyMemory<byte> sealedBytes, CancellationToken cancellationToken)
    {
        OpenPack? full = null;
        lock (_gate)
        {
            var number = ((int)blob.Type * OpenPacksPerType) + RandomNumberGenerator.GetInt32(OpenPacksPerType);
            ref var slot = ref _open[number];
            if (slot is not null && (slot.Length >= _limits[number] || !slot.HasRoomFor(sealedBytes.Length)))
                (full, slot, _limits[number]) = (slot, null, repository.Options.PackSizeBytes);
            slot ??= new OpenPack(TakeBuffer(sealedBytes.Length), repository.Cipher);
            slot.AddSealed(blob.Type, blob.Id, sealedBytes.Span, blob.Location.PlainLength, blob.Location.IsCompressed);
        }

        if (full is not null)
            await UploadAsync(full, cancellationToken);
    }

    /// <summary>Makes the open packs durable. No add may be under way.</summary>
    public async Task FinishAsync(CancellationToken cancellationToken)
    {
        for (var slot = 0; slot < _open.Length; slot++)
        {
            if (_open[slot] is not { } pack)
                continue;
            _open[slot] = null;
            await UploadAsync(pack, cancellationToken);
        }
    }

    public void Dispose()
    {
        foreach (IDisposable buffer in _open.OfType<OpenPack>().Select(pack => pack.Buffer).Concat(_idle))
            buffer.Dispose();
    }

    /// <summary>The gate is held.</summary>
    private NativeBuffer TakeBuffer(int sealedLength)
    {
        var atLeast = checked(sealedLength + PackHeader.MaxBytes(1));
        return atLeast > _usualCapacity ? new NativeBuffer(atLeast)
            : _idle.TryPop(out var buffer) ? buffer
            : new NativeBuffer(_usualCapacity);
    }

    private void GiveBack(NativeBuffer buffer)
    {
        if (buffer.Capacity != _usualCapacity)
        {
            ((IDisposable)buffer).Dispose();
            return;
        }

        // Only what is written lies in memory.
        buffer.Trim(0, _usualCapacity);
        lock (_gate)
            _idle.Push(buffer);
    }

    private async Task UploadAsync(OpenPack pack, CancellationToken cancellationToken)
    {
        try
        {
            var id = pack.Finish();
            lock (_gate)
                _begun.Add(id);
            await repository.Store.PutAsync(new ObjectName(ObjectKind.Data, id), pack.Bytes, cancellationToken);
            lock (_gate)
            {
                _written.Add((id, pack.Blobs));
                _bytes += pack.Length;
            }
        }
        finally
        {
            GiveBack(pack.Buffer);
        }
    }
}
