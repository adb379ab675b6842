using BackupOnline.Engine.Files;
using BackupOnline.Engine.Repositories;
using BackupOnline.Engine.Snapshots;
using BackupOnline.Engine.Trees;

namespace BackupOnline.Engine.Images;

/// <summary>
/// Any bytes of a file of a snapshot, in any order, without restoring it. Every block that is read is verified by its id. Reads may run in parallel. To be disposed before the repository.
/// </summary>
public sealed class ImageReader : IAsyncDisposable
{
    /// <summary>Bytes of blocks that are kept, more or less: a booting machine comes back to the same places again and again.</summary>
    public const long DefaultCacheBytes = 96L << 20;

    private readonly BlockMap _map;
    private readonly BlockCache _cache;
    private readonly bool _ownsCache;

    /// <param name="repository">Its index must be loaded.</param>
    /// <param name="file">A file's node.</param>
    /// <param name="cacheBytes">Bytes of blocks that are kept, more or less.</param>
    /// <exception cref="RepositoryException">NotFound: the index has lost a blob of the file.</exception>
    public ImageReader(Repository repository, TreeNode file, long cacheBytes = DefaultCacheBytes)
    {
        ArgumentNullException.ThrowIfNull(repository);
        ArgumentNullException.ThrowIfNull(file);
        _map = BlockMap.Of(repository, file);
        (_cache, _ownsCache) = (new BlockCache(repository, cacheBytes), true);
    }

    /// <summary>One of several that share a cache.</summary>
    internal ImageReader(Repository repository, TreeNode file, BlockCache cache) => (_map, _cache) = (BlockMap.Of(repository, file), cache);

    /// <summary>Bytes of the file.</summary>
    public long Size => _map.Size;

    /// <param name="repository">Its index must be loaded.</param>
    /// <param name="snapshot">Where the file is.</param>
    /// <param name="path">Absolute: <c>/web01/disk0.raw</c>.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    /// <exception cref="RepositoryException">NotFound: there is no such file, or a part of it is lost.</exception>
    public static async Task<ImageReader> OpenAsync(Repository repository, Snapshot snapshot, string path, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(repository);
        ArgumentNullException.ThrowIfNull(snapshot);
        ArgumentNullException.ThrowIfNull(path);
        return await TreePath.FindAsync(repository, snapshot.Tree, RawPath.FromText(path), cancellationToken) is { Type: NodeType.File } file
            ? new ImageReader(repository, file)
            : throw new RepositoryException(RepositoryProblem.NotFound, $"The snapshot {snapshot.Id.ToShortString()} has no file {path}. List what it holds with 'ls'.");
    }

    /// <summary>What is in a part of the file, without gaps: data, and what is known to be zero. A run may be longer than a block, but ends with the part.</summary>
    public IEnumerable<ImageExtent> Extents(long offset, long length)
    {
        CheckRange(offset, length);
        return length == 0 ? [] : ExtentsOf(offset, offset + length);
    }

    /// <summary>Fills the buffer with the bytes at <paramref name="offset"/>.</summary>
    /// <exception cref="RepositoryException">A block is missing, damaged, or cannot be fetched.</exception>
    public async ValueTask ReadAsync(long offset, Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        CheckRange(offset, buffer.Length);
        while (!buffer.IsEmpty)
        {
            var number = _map.Find(offset);
            var skip = (int)(offset - _map.StartOf(number));
            var part = buffer[..Math.Min(buffer.Length, _map.LengthOf(number) - skip)];
            if (_map.IsZero(number))
                part.Span.Clear();
            else
                (await _cache.LoadAsync(_map.BlobAt(number), _map.LengthOf(number), cancellationToken)).AsSpan(skip, part.Length).CopyTo(part.Span);
            offset += part.Length;
            buffer = buffer[part.Length..];
        }
    }

    public ValueTask DisposeAsync() => _ownsCache ? _cache.DisposeAsync() : ValueTask.CompletedTask;

    private IEnumerable<ImageExtent> ExtentsOf(long offset, long end)
    {
        for (var number = _map.Find(offset); offset < end;)
        {
            var isZero = _map.IsZero(number);
            for (number++; number < _map.Count && _map.StartOf(number) < end && _map.IsZero(number) == isZero;)
                number++;
            var stop = Math.Min(end, _map.StartOf(number));
            if (stop > offset)
                yield return new ImageExtent(offset, stop - offset, isZero);
            offset = stop;
        }
    }

    private void CheckRange(long offset, long length)
    {
        if (offset < 0 || length < 0 || offset > Size - length)
            throw new ArgumentOutOfRangeException(nameof(offset), $"{length} bytes at {offset} are not inside the {Size} bytes of the file.");
    }
}
