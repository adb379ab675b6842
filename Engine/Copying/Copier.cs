using System.Buffers;
using BackupOnline.Engine.Blobs;
using BackupOnline.Engine.Ids;
using BackupOnline.Engine.Index;
using BackupOnline.Engine.Packs;
using BackupOnline.Engine.Repositories;
using BackupOnline.Engine.Restoring;
using BackupOnline.Engine.Snapshots;
using BackupOnline.Engine.Trees;

namespace BackupOnline.Engine.Copying;

/// <summary>
/// Copies snapshots from one repository into another, with another key: blobs that are not there are read, verified, and sealed anew. One copier for several
/// snapshots: it reads each tree of the source once.
/// </summary>
/// <param name="source">Its index must be loaded.</param>
/// <param name="destination">Its index must be loaded, its lost and marked packs forgotten.</param>
/// <param name="progress">Counted up: a blob counts as a file.</param>
public sealed class Copier(Repository source, Repository destination, RestoreProgress progress)
{
    /// <summary>Blobs that are planned before they are read: enough to find neighbours, some 10 MB.</summary>
    private const int BatchBlobs = 50_000;

    private const int MaxGap = 64 << 10;
    private const int MaxRead = 8 << 20;
    private const int Readers = 4;

    private readonly HashSet<BlobId> _trees = [];
    private readonly HashSet<BlobId> _wanted = [];

    /// <summary>Whether the snapshot is the other one in another repository: everything that was kept of it is the same.</summary>
    public static bool IsCopy(Snapshot snapshot, Snapshot original)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        ArgumentNullException.ThrowIfNull(original);
        return snapshot.Time == original.Time && snapshot.Tree == original.Tree
            && snapshot.Hostname == original.Hostname && snapshot.Username == original.Username && snapshot.Uid == original.Uid && snapshot.Gid == original.Gid
            && Same(snapshot.Paths, original.Paths) && Same(snapshot.Excludes, original.Excludes) && Same(snapshot.Tags, original.Tags);
    }

    /// <summary>The id that a snapshot keeps through copies and changes.</summary>
    public static ObjectId OriginOf(Snapshot snapshot)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        return snapshot.Original ?? snapshot.Id;
    }

    /// <summary>Copies one snapshot with all that it needs. Nothing names what is not durable: a copy that is cut off leaves blobs that the next one finds.</summary>
    /// <exception cref="RepositoryException">A blob of the source is missing or damaged, or the destination failed.</exception>
    public async Task<Snapshot> CopyAsync(Snapshot snapshot, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        var pending = new Stack<BlobId>([snapshot.Tree]);
        while (pending.TryPop(out var tree))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!_trees.Add(tree))
                continue;
            await CopyTreeAsync(tree, pending, cancellationToken);
            if (_wanted.Count >= BatchBlobs)
                await CopyBlobsAsync(cancellationToken);
        }

        await CopyBlobsAsync(cancellationToken);

        // The parent is of the other repository.
        return await destination.SaveEditedSnapshotAsync(source, snapshot, new SnapshotEdit { WithoutParent = true }, cancellationToken);
    }

    private async Task CopyTreeAsync(BlobId tree, Stack<BlobId> pending, CancellationToken cancellationToken)
    {
        // As bytes: what another client wrote into it, this one need not know.
        var bytes = await source.LoadBlobAsync(BlobType.Tree, tree, cancellationToken);
        var reader = new TreeReader(bytes);
        while (TreeWalk.ReadNode(tree, reader) is { } node)
        {
            if (node is { Type: NodeType.Folder, Subtree: { } subtree })
                pending.Push(subtree);
            foreach (var id in node.Content ?? [])
            {
                if (!destination.Index.Contains(BlobType.Data, id))
                    _wanted.Add(id);
            }
        }

        await destination.SaveBlobAsync(BlobType.Tree, tree, bytes, cancellationToken);
    }

    private async Task CopyBlobsAsync(CancellationToken cancellationToken)
    {
        var located = new List<IndexedBlob>(_wanted.Count);
        foreach (var id in _wanted)
        {
            if (!source.Index.TryFind(BlobType.Data, id, out var place))
                throw new RepositoryException(
                    RepositoryProblem.NotFound, $"The data blob {id} is in no index file of the repository at {source.Store.Location}. Run 'check' there to see which snapshots need it.");
            located.Add(new IndexedBlob(BlobType.Data, id, place));
            progress.Planned(place.PlainLength);
        }

        _wanted.Clear();
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = Readers, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(PackRead.Plan(located, MaxGap, MaxRead), parallel, async (read, cancel) => await CopyAsync(read, cancel));
    }

    private async Task CopyAsync(PackRead read, CancellationToken cancellationToken)
    {
        var length = (int)(read.End - read.Offset);
        var buffer = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            var isRead = await TryReadAsync(read, buffer.AsMemory(0, length), cancellationToken);
            foreach (var blob in read.Blobs)
                await CopyAsync(blob, isRead ? read.Slice(buffer, blob) : default, cancellationToken);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private async Task CopyAsync(IndexedBlob blob, ReadOnlyMemory<byte> sealedBytes, CancellationToken cancellationToken)
    {
        var length = blob.Location.PlainLength;
        var plain = ArrayPool<byte>.Shared.Rent(Math.Max(length, 1));
        try
        {
            // One copy that is damaged may have others.
            ReadOnlyMemory<byte> whole = !sealedBytes.IsEmpty && TryDecode(blob, sealedBytes.Span, plain.AsSpan(0, length))
                ? plain.AsMemory(0, length)
                : await source.LoadBlobAsync(BlobType.Data, blob.Id, cancellationToken);
            await destination.SaveBlobAsync(BlobType.Data, blob.Id, whole, cancellationToken);
            progress.BytesWritten(length);
            progress.FileDone();
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(plain);
        }
    }

    private async Task<bool> TryReadAsync(PackRead read, Memory<byte> buffer, CancellationToken cancellationToken)
    {
        try
        {
            await source.Store.ReadRangeAsync(new ObjectName(ObjectKind.Data, read.Pack), read.Offset, buffer, cancellationToken);
            return true;
        }
        catch (RepositoryException e) when (e.IsOfOneObject)
        {
            return false;
        }
    }

    private bool TryDecode(in IndexedBlob blob, ReadOnlySpan<byte> sealedBytes, Span<byte> plain)
    {
        try
        {
            source.DecodeBlob(blob, sealedBytes, plain);
            return true;
        }
        catch (RepositoryException e) when (e.Problem == RepositoryProblem.Corrupt)
        {
            return false;
        }
    }

    private static bool Same(IReadOnlyList<string>? one, IReadOnlyList<string>? other) => (one ?? []).SequenceEqual(other ?? [], StringComparer.Ordinal);
}
