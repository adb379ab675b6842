using System.Security.Cryptography;
using BackupOnline.Engine.Buffers;
using BackupOnline.Engine.Ids;
using BackupOnline.Engine.Index;
using BackupOnline.Engine.Packs;
using BackupOnline.Engine.Repositories;

namespace BackupOnline.Engine.Pruning;

/// <summary>
/// Puts sealed blobs into new packs. As a backup does, two packs per type are open and each blob goes into one at random. No index names the packs yet.
/// Thread-safe; whoever finds a pack full uploads it. Memory is bounded by the buffers: of each type one for each open pack, and one or more on their way.
/// </summary>
internal sealed class RepackWriter(Repository repository) : IDisposable
{
    private const int OpenPacksPerType = 2;

    // Beside the pack itself: what most last chunks and the header take. A pack whose next blob needs more is closed a little earlier.
    private const int RoomForLastBlob = 1 << 20;

    private readonly Lock _gate = new();
    private readonly OpenPack?[] _open = new OpenPack?[2 * OpenPacksPerType];
    private readonly int[] _limits = [.. Enumerable.Range(0, 2 * OpenPacksPerType).Select(slot => OpenPack.FirstLimit(slot, repository.Options.PackSizeBytes))];
    private readonly List<(ObjectId, IReadOnlyList<PackedBlob>)> _written = [];
    private readonly HashSet<ObjectId> _begun = [];

    // By type: one that is all open must not keep the other from its first pack.
    private readonly PackBufferPool[] _buffers =
        [.. Enumerable.Range(0, 2).Select(_ => new PackBufferPool(OpenPacksPerType + Math.Max(1, repository.Options.UploadConcurrency - 1), repository.Options.PackSizeBytes + RoomForLastBlob))];

    private long _bytes;

    /// <summary>The packs that are durable.</summary>
    public IReadOnlyList<(ObjectId Pack, IReadOnlyList<PackedBlob> Blobs)> Written => _written;

    /// <summary>The packs that may be in the store, a failed upload's too.</summary>
    public IReadOnlyCollection<ObjectId> Begun => _begun;

    public long Bytes => _bytes;

    public async Task AddAsync(IndexedBlob blob, ReadOnlyMemory<byte> sealedBytes, CancellationToken cancellationToken)
    {
        var number = ((int)blob.Type * OpenPacksPerType) + RandomNumberGenerator.GetInt32(OpenPacksPerType);
        while (!TryAdd(number, blob, sealedBytes.Span, out var full))
        {
            if (full is not null)
                await UploadAsync(BuffersOf(number), full, cancellationToken);
            if (OpenWith(number, await BuffersOf(number).RentAsync(checked(sealedBytes.Length + PackHeader.MaxBytes(1)), cancellationToken), blob, sealedBytes.Span))
                return;
        }
    }

    /// <summary>Makes the open packs durable. No add may be under way.</summary>
    public async Task FinishAsync(CancellationToken cancellationToken)
    {
        for (var slot = 0; slot < _open.Length; slot++)
        {
            if (_open[slot] is not { } pack)
                continue;
            _open[slot] = null;
            await UploadAsync(BuffersOf(slot), pack, cancellationToken);
        }
    }

    public void Dispose()
    {
        for (var slot = 0; slot < _open.Length; slot++)
        {
            if (_open[slot] is { } pack)
                BuffersOf(slot).Return(pack.Buffer);
        }

        foreach (var buffers in _buffers)
            buffers.Dispose();
    }

    private PackBufferPool BuffersOf(int slot) => _buffers[slot / OpenPacksPerType];

    /// <summary>False when the slot needs a new pack; the old one, if there was any, is to be uploaded first.</summary>
    private bool TryAdd(int number, in IndexedBlob blob, ReadOnlySpan<byte> sealedBytes, out OpenPack? full)
    {
        lock (_gate)
        {
            ref var slot = ref _open[number];
            if (slot is not null && slot.Length < _limits[number] && slot.HasRoomFor(sealedBytes.Length))
            {
                Add(slot, blob, sealedBytes);
                full = null;
                return true;
            }

            (full, slot) = (slot, null);
            if (full is not null)
                _limits[number] = repository.Options.PackSizeBytes;
            return false;
        }
    }

    /// <summary>Begins a pack with the blob, for a pack must never be empty; false when somebody else was faster.</summary>
    private bool OpenWith(int number, NativeBuffer buffer, in IndexedBlob blob, ReadOnlySpan<byte> sealedBytes)
    {
        lock (_gate)
        {
            if (_open[number] is null)
            {
                Add(_open[number] = new OpenPack(buffer, repository.Cipher), blob, sealedBytes);
                return true;
            }
        }

        BuffersOf(number).Return(buffer);
        return false;
    }

    private static void Add(OpenPack pack, in IndexedBlob blob, ReadOnlySpan<byte> sealedBytes) =>
        pack.AddSealed(blob.Type, blob.Id, sealedBytes, blob.Location.PlainLength, blob.Location.IsCompressed);

    private async Task UploadAsync(PackBufferPool buffers, OpenPack pack, CancellationToken cancellationToken)
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
            buffers.Return(pack.Buffer);
        }
    }
}
