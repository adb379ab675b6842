using BackupOnline.Engine.Ids;
using BackupOnline.Engine.Index;
using BackupOnline.Engine.Repositories;
using BackupOnline.Engine.Stores;

namespace BackupOnline.Engine.Packs;

/// <summary>
/// Reads tree blobs by blocks of 256 KiB and keeps the last 16 (4 MiB): trees are small, lie in the order of a walk, and each would cost a round trip of its own.
/// Keeps sealed bytes only; everything is verified at each use.
/// </summary>
internal sealed class TreeReadAhead(IRepositoryStore store)
{
    private const int BlockBytes = 256 << 10;
    private const int MaxBlocks = 16;

    private readonly Lock _gate = new();
    private readonly LinkedList<(ObjectId Pack, uint Number, byte[] Bytes)> _blocks = new();

    /// <summary>Fills the destination with the sealed blob. <paramref name="packEnd"/>: a length that the pack has at least.</summary>
    public async ValueTask ReadAsync(BlobLocation place, long packEnd, Memory<byte> destination, CancellationToken cancellationToken)
    {
        if (place.Length > BlockBytes)
        {
            await ReadDirectlyAsync(place, destination, cancellationToken);
            return;
        }

        try
        {
            for (var done = 0; done < place.Length;)
            {
                var at = place.Offset + (uint)done;
                var block = await BlockAsync(place.Pack, at / BlockBytes, packEnd, cancellationToken);
                var within = block.AsMemory((int)(at % BlockBytes));
                var length = Math.Min(within.Length, place.Length - done);
                within[..length].CopyTo(destination[done..]);
                done += length;
            }
        }
        catch (RepositoryException e) when (e.Problem == RepositoryProblem.Corrupt)
        {
            // The pack ends inside the block, perhaps behind this blob.
            await ReadDirectlyAsync(place, destination, cancellationToken);
        }
    }

    private Task ReadDirectlyAsync(BlobLocation place, Memory<byte> destination, CancellationToken cancellationToken) =>
        ReadAsync(place.Pack, place.Offset, destination, cancellationToken);

    private Task ReadAsync(ObjectId pack, long offset, Memory<byte> destination, CancellationToken cancellationToken)
    {
        var name = new ObjectName(ObjectKind.Data, pack);
        return store is ITreePackReader reader
            ? reader.ReadTreeRangeAsync(name, offset, destination, cancellationToken)
            : store.ReadRangeAsync(name, offset, destination, cancellationToken);
    }

    private async ValueTask<byte[]> BlockAsync(ObjectId pack, uint number, long packEnd, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            for (var node = _blocks.First; node is not null; node = node.Next)
            {
                if (node.Value.Number != number || node.Value.Pack != pack)
                    continue;
                _blocks.Remove(node);
                _blocks.AddFirst(node);
                return node.Value.Bytes;
            }
        }

        var start = (long)number * BlockBytes;
        var bytes = GC.AllocateUninitializedArray<byte>((int)Math.Min(BlockBytes, packEnd - start));
        await ReadAsync(pack, start, bytes, cancellationToken);
        lock (_gate)
        {
            _blocks.AddFirst((pack, number, bytes));
            if (_blocks.Count > MaxBlocks)
                _blocks.RemoveLast();
        }

        return bytes;
    }
}
