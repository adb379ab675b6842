using BackupOnline.Engine.Blobs;
using BackupOnline.Engine.Ids;
using BackupOnline.Engine.Index;
using BackupOnline.Engine.Pruning;
using BackupOnline.Engine.Repositories;

namespace BackupOnline.Engine.Repairing;

/// <summary>Saves what is whole in damaged packs and removes the packs. An exclusive lock must be held.</summary>
public static class PackRepair
{
    /// <summary>
    /// Every blob that the index or a pack's own list names is read, opened and compared with its id; the whole ones are copied into new packs. Order: new packs, index, then
    /// the packs away. Loads the index of a repository that was just opened.
    /// </summary>
    /// <exception cref="RepositoryException">Corrupt: the index cannot be read. Or the store refuses or has no room.</exception>
    public static async Task<PackRepairResult> RepairAsync(
        Repository repository, IReadOnlyCollection<ObjectId> packs, RepairProgress? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(repository);
        ArgumentNullException.ThrowIfNull(packs);
        progress ??= new RepairProgress();
        await repository.LoadIndexAsync(null, cancellationToken);
        var wanted = packs.ToHashSet();
        progress.Planned(wanted.Count);
        var named = repository.Index.Entries().Where(blob => wanted.Contains(blob.Location.Pack)).ToLookup(blob => blob.Location.Pack);
        using var writer = new RepackWriter(repository);
        var (salvaged, met) = (new HashSet<(BlobType, BlobId)>(), new HashSet<(BlobType Type, BlobId Id)>());
        foreach (var pack in wanted)
        {
            foreach (var blob in await BlobsAsync(repository, pack, named[pack], cancellationToken))
            {
                met.Add((blob.Type, blob.Id));
                if (!salvaged.Contains((blob.Type, blob.Id)) && await TryReadAsync(repository, blob, cancellationToken) is { } sealedBytes)
                {
                    await writer.AddAsync(blob, sealedBytes, cancellationToken);
                    salvaged.Add((blob.Type, blob.Id));
                }
            }

            progress.OneDone();
        }

        await writer.FinishAsync(cancellationToken);
        await new IndexRewriter(repository).RewriteAsync(wanted, writer.Written, null, cancellationToken);
        foreach (var pack in wanted)
            await repository.Store.DeleteAsync(new ObjectName(ObjectKind.Data, pack), cancellationToken);
        var lost = met.Where(blob => !salvaged.Contains(blob) && repository.Index.FindAll(blob.Type, blob.Id).TrueForAll(place => wanted.Contains(place.Pack)));
        return new PackRepairResult(salvaged.Count, [.. lost.Select(blob => blob.Id).Order()]);
    }

    private static async Task<IReadOnlyList<IndexedBlob>> BlobsAsync(
        Repository repository, ObjectId pack, IEnumerable<IndexedBlob> named, CancellationToken cancellationToken)
    {
        var length = await repository.Store.LengthAsync(new ObjectName(ObjectKind.Data, pack), cancellationToken) ?? 0;
        IReadOnlyList<IndexedBlob> own = [];
        try
        {
            own = await repository.ReadPackHeaderAsync(pack, length, cancellationToken);
        }
        catch (RepositoryException e) when (e.Problem is RepositoryProblem.Corrupt or RepositoryProblem.NotFound)
        {
            // Then the index alone says what was in it.
        }

        return [.. named.Concat(own).Distinct()];
    }

    private static async Task<byte[]?> TryReadAsync(Repository repository, IndexedBlob blob, CancellationToken cancellationToken)
    {
        try
        {
            Damaged.ThrowIfImpossible(blob);
            var sealedBytes = new byte[blob.Location.Length];
            await repository.Store.ReadRangeAsync(new ObjectName(ObjectKind.Data, blob.Location.Pack), blob.Location.Offset, sealedBytes, cancellationToken);
            repository.DecodeBlob(blob, sealedBytes, new byte[blob.Location.PlainLength]);
            return sealedBytes;
        }
        catch (RepositoryException e) when (e.Problem is RepositoryProblem.Corrupt or RepositoryProblem.NotFound)
        {
            return null;
        }
    }
}
