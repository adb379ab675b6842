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
    private readonly LinkedList<Block> _blocks = new();

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
                var wanted = destination[done..place.Length];
                var copied = TryCopy(place.Pack, at, wanted.Span);
                if (copied == 0)
                    copied = await ReadBlockAsync(place.Pack, at, packEnd, wanted, cancellationToken);
                done += copied;
            }
        }
        catch (RepositoryException e) when (e.Problem is RepositoryProblem.Corrupt or RepositoryProblem.Unreadable)
        {
            // The pack ends inside the block, or a sector of it is bad: perhaps not one of this blob.
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

    /// <summary>Bytes that a block gave which is there; 0 when none is.</summary>
    private int TryCopy(ObjectId pack, uint at, Span<byte> destination)
    {
        lock (_gate)
        {
            for (var node = _blocks.First; node is not null; node = node.Next)
            {
                if (node.Value.Number != at / BlockBytes || node.Value.Pack != pack)
                    continue;
                _blocks.Remove(node);

                // It was read when less of the pack was known.
                if (at % BlockBytes >= node.Value.Length)
                    return 0;
                _blocks.AddFirst(node);
                return Copy(node.Value, at, destination);
            }
        }

        return 0;
    }

    private async ValueTask<int> ReadBlockAsync(ObjectId pack, uint at, long packEnd, Memory<byte> destination, CancellationToken cancellationToken)
    {
        var number = at / BlockBytes;
        var start = (long)number * BlockBytes;
        var block = new Block(pack, number, TakeOldest() ?? GC.AllocateUninitializedArray<byte>(BlockBytes), (int)Math.Min(BlockBytes, packEnd - start));
        await ReadAsync(pack, start, block.Bytes.AsMemory(0, block.Length), cancellationToken);
        var copied = Copy(block, at, destination.Span);
        lock (_gate)
        {
            _blocks.AddFirst(block);
            if (_blocks.Count > MaxBlocks)
                _blocks.RemoveLast();
        }

        return copied;
    }

    /// <summary>The bytes of the block that was not used for longest, to be read into; null while there is room for more. Large arrays, made anew for each block, would be kept for long.</summary>
    private byte[]? TakeOldest()
    {
        lock (_gate)
        {
            if (_blocks.Count < MaxBlocks)
                return null;
            var oldest = _blocks.Last!.Value.Bytes;
            _blocks.RemoveLast();
            return oldest;
        }
    }

    private static int Copy(Block block, uint at, Span<byte> destination)
    {
        var within = block.Bytes.AsSpan(0, block.Length)[(int)(at % BlockBytes)..];
        var length = Math.Min(within.Length, destination.Length);
        within[..length].CopyTo(destination);
        return length;
    }

    private sealed record Block(ObjectId Pack, uint Number, byte[] Bytes, int Length);
}
