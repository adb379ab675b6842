using BackupOnline.Engine.Checking;
using BackupOnline.Engine.Ids;
using BackupOnline.Engine.Index;
using BackupOnline.Engine.Packs;
using BackupOnline.Engine.Pruning;
using BackupOnline.Engine.Repositories;

namespace BackupOnline.Engine.Repairing;

/// <summary>Makes the index say what the packs hold. An exclusive lock must be held.</summary>
public static class IndexRepair
{
    /// <summary>
    /// Reads the lists of blobs of packs that no index names or whose length does not fit what it says; of every pack with <paramref name="readAllPacks"/>. Forgets packs that
    /// are not there. Loads the index of a repository that was just opened. No pack is removed.
    /// </summary>
    /// <exception cref="RepositoryException">The store cannot be reached or refuses.</exception>
    public static async Task<IndexRepairResult> RepairAsync(
        Repository repository, bool readAllPacks, RepairProgress? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(repository);
        progress ??= new RepairProgress();
        var damaged = new List<ObjectId>();
        await repository.LoadIndexAsync((file, _) => damaged.Add(file), cancellationToken);
        var known = Known(repository);
        var missing = known.Keys.ToHashSet();
        var toRead = new List<(ObjectId Pack, long Length)>();
        await foreach (var stored in repository.Store.ListAsync(ObjectKind.Data, cancellationToken))
        {
            missing.Remove(stored.Name.Id);
            if (readAllPacks || !known.TryGetValue(stored.Name.Id, out var facts) || facts.ExpectedLength != stored.Length)
                toRead.Add((stored.Name.Id, stored.Length));
        }

        progress.Planned(toRead.Count);
        var (read, unreadable) = await ReadAsync(repository, toRead, progress, cancellationToken);
        if (damaged.Count > 0 || missing.Count > 0 || read.Count > 0)
        {
            var dropped = missing.Concat(read.Select(pack => pack.Pack)).ToHashSet();
            await new IndexRewriter(repository, damaged).RewriteAsync(dropped, read, null, cancellationToken);
        }

        return new IndexRepairResult
        {
            DamagedFiles = damaged,
            MissingPacks = [.. missing.Order()],
            ReadPacks = [.. read.Select(pack => pack.Pack)],
            UnreadablePacks = unreadable,
        };
    }

    private static Dictionary<ObjectId, PackFacts> Known(Repository repository)
    {
        var known = new Dictionary<ObjectId, PackFacts>();
        foreach (var blob in repository.Index.Entries())
        {
            if (!known.TryGetValue(blob.Location.Pack, out var facts))
                known.Add(blob.Location.Pack, facts = new PackFacts());
            facts.Add(blob);
        }

        return known;
    }

    private static async Task<(List<(ObjectId Pack, IReadOnlyList<PackedBlob> Blobs)> Read, List<ObjectId> Unreadable)> ReadAsync(
        Repository repository, List<(ObjectId Pack, long Length)> packs, RepairProgress progress, CancellationToken cancellationToken)
    {
        var read = new List<(ObjectId Pack, IReadOnlyList<PackedBlob> Blobs)>();
        var unreadable = new List<ObjectId>();
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = repository.Options.ReadConcurrency, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(packs, parallel, async (pack, token) =>
        {
            try
            {
                var header = await repository.ReadPackHeaderAsync(pack.Pack, pack.Length, token);
                lock (read)
                    read.Add((pack.Pack, [.. header.Select(Packed)]));
            }
            catch (RepositoryException e) when (e.Problem is RepositoryProblem.Corrupt or RepositoryProblem.NotFound)
            {
                lock (read)
                    unreadable.Add(pack.Pack);
            }

            progress.OneDone();
        });
        return (read, unreadable);
    }

    private static PackedBlob Packed(IndexedBlob blob) =>
        new(blob.Type, blob.Id, blob.Location.Offset, blob.Location.Length, blob.Location.PlainLength, blob.Location.IsCompressed);
}
