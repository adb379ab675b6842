using BackupOnline.Engine.Files;
using BackupOnline.Engine.Ids;
using BackupOnline.Engine.Index;
using BackupOnline.Engine.Repositories;
using BackupOnline.Engine.Trees;

namespace BackupOnline.Engine.Finding;

/// <summary>
/// Looks for items or blobs in one snapshot after the other. One finder is for one question: what it learns about shared trees makes the next snapshot quick.
/// </summary>
/// <param name="repository">Its index must be loaded.</param>
/// <param name="onDamaged">Told of each folder whose tree is missing or damaged; the search goes on without it.</param>
public sealed class Finder(Repository repository, Action<RawPath, RepositoryException> onDamaged)
{
    private readonly TreeSearch _search = new(repository, onDamaged);

    /// <summary>The items that the query takes, parents before children, names in byte order.</summary>
    public IAsyncEnumerable<TreeItem> ItemsAsync(BlobId root, FindQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        return _search.RunAsync(root, query.Judge, cancellationToken);
    }

    /// <summary>Where the blobs that the query takes are used.</summary>
    public IAsyncEnumerable<FoundObject> ObjectsAsync(BlobId root, BlobQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        var found = _search.RunAsync(root, query.Judge, cancellationToken);
        return query.JudgeRoot(root) is { } first ? found.Prepend(first) : found;
    }

    /// <summary>
    /// What lies in a pack by its own header, or by the index when the header cannot be read or the pack is gone: then the snapshots that need it are of interest.
    /// </summary>
    /// <param name="pack">The pack.</param>
    /// <param name="length">Its length in the store in bytes; null when it is not there.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<IReadOnlyList<IndexedBlob>> BlobsOfPackAsync(ObjectId pack, long? length, CancellationToken cancellationToken = default)
    {
        if (length is { } bytes)
        {
            try
            {
                return await repository.ReadPackHeaderAsync(pack, bytes, cancellationToken);
            }
            catch (RepositoryException e) when (e.IsOfOneObject)
            {
                repository.Options.OnNotice?.Invoke(e.Message);
            }
        }

        return [.. repository.Index.Entries().Where(blob => blob.Location.Pack == pack)];
    }
}
