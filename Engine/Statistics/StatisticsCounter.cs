using System.Security.Cryptography;
using BackupOnline.Engine.Blobs;
using BackupOnline.Engine.Crypto;
using BackupOnline.Engine.Files;
using BackupOnline.Engine.Ids;
using BackupOnline.Engine.Repositories;
using BackupOnline.Engine.Snapshots;
using BackupOnline.Engine.Trees;

namespace BackupOnline.Engine.Statistics;

/// <summary>
/// Counts snapshot by snapshot. Memory: 32 bytes for each distinct content or blob; with <see cref="StatisticsMode.BlobsPerFile"/> also every path.
/// </summary>
/// <param name="repository">Its index must be loaded.</param>
/// <param name="mode">What is counted.</param>
public sealed class StatisticsCounter(Repository repository, StatisticsMode mode)
{
    private readonly HashSet<BlobId> _contents = [];
    private readonly Dictionary<RawPath, HashSet<BlobId>> _blobsOfPath = [];
    private readonly HashSet<(BlobType Type, BlobId Id)> _blobs = [];
    private int _snapshots;
    private ulong _bytes;
    private ulong _files;
    private ulong _blobCount;
    private long _items;

    /// <summary>Items met so far, for showing that it goes on; may be read from another thread.</summary>
    public long Items => Interlocked.Read(ref _items);

    /// <exception cref="RepositoryException">A tree or a blob is missing or damaged.</exception>
    public async Task AddAsync(Snapshot snapshot, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        _snapshots++;

        // Trees that were met before add nothing to what is counted once; when restored, they are written again.
        if (mode != StatisticsMode.RestoreSize && !_blobs.Add((BlobType.Tree, snapshot.Tree)))
            return;
        var linked = new HashSet<(ulong Inode, ulong Device)>();
        var items = TreeWalk.ItemsAsync(
            repository,
            snapshot.Tree,
            item => mode == StatisticsMode.RestoreSize || _blobs.Add((BlobType.Tree, item.Node.Subtree!.Value)),
            cancellationToken);
        await foreach (var item in items)
        {
            Interlocked.Increment(ref _items);
            Count(item, linked);
        }
    }

    /// <summary>The sums over the snapshots so far.</summary>
    /// <exception cref="RepositoryException">A blob is in no index file.</exception>
    public RepositoryStatistics Sum()
    {
        var sums = new RepositoryStatistics { Snapshots = _snapshots, TotalBytes = _bytes, TotalFiles = _files, TotalBlobs = _blobCount };
        return mode == StatisticsMode.RawData ? SumRaw(sums) : sums;
    }

    private void Count(TreeItem item, HashSet<(ulong Inode, ulong Device)> linked)
    {
        var node = item.Node;
        switch (mode)
        {
            case StatisticsMode.RestoreSize:
                _files++;
                if (node.Inode == 0 || node.Links < 2 || linked.Add((node.Inode, node.DeviceId)))
                    _bytes += node.Size;
                break;
            case StatisticsMode.RawData:
                foreach (var id in ContentOf(node))
                    _blobs.Add((BlobType.Data, id));
                break;
            case StatisticsMode.FilesByContents when _contents.Add(FingerprintOf(node)):
                _files++;
                _bytes += node.Size;
                break;
            case StatisticsMode.BlobsPerFile when _contents.Add(FingerprintOf(node)):
                CountBlobs(item.Path, node);
                break;
        }
    }

    private void CountBlobs(RawPath path, TreeNode node)
    {
        foreach (var id in ContentOf(node))
        {
            if (!_blobsOfPath.TryGetValue(path, out var known))
            {
                _blobsOfPath.Add(path, known = []);
                _files++;
            }

            if (!known.Add(id))
                continue;
            _bytes += (ulong)Place(BlobType.Data, id).PlainLength;
            _blobCount++;
        }
    }

    private RepositoryStatistics SumRaw(RepositoryStatistics sums)
    {
        foreach (var (type, id) in _blobs)
        {
            var place = Place(type, id);
            var before = (ulong)place.PlainLength + RepositoryCipher.Overhead;
            sums = sums with
            {
                TotalBlobs = sums.TotalBlobs + 1,
                TotalBytes = sums.TotalBytes + (ulong)place.Length,
                UncompressedBytes = sums.UncompressedBytes + before,
                CompressedBlobsBefore = sums.CompressedBlobsBefore + (place.IsCompressed ? before : 0),
                CompressedBlobsAfter = sums.CompressedBlobsAfter + (place.IsCompressed ? (ulong)place.Length : 0),
            };
        }

        return sums;
    }

    private Index.BlobLocation Place(BlobType type, BlobId id) => repository.Index.TryFind(type, id, out var place)
        ? place
        : throw new RepositoryException(RepositoryProblem.NotFound, $"The {Damaged.Noun(type)} blob {id} is in no index file. Run 'check' to see which snapshots need it.");

    private static IReadOnlyList<BlobId> ContentOf(TreeNode node) => node.Type == NodeType.File ? node.Content ?? [] : [];

    /// <summary>Of the ids in order; the same for everything without content, as restic counts.</summary>
    private static BlobId FingerprintOf(TreeNode node)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> bytes = stackalloc byte[BlobId.ByteLength];
        foreach (var id in ContentOf(node))
        {
            id.CopyTo(bytes);
            hash.AppendData(bytes);
        }

        hash.GetHashAndReset(bytes);
        return BlobId.FromBytes(bytes);
    }
}
