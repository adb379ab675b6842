using BackupOnline.Engine.Buffers;
using BackupOnline.Engine.Ids;
using BackupOnline.Engine.Keys;
using BackupOnline.Engine.Repositories;

namespace BackupOnline.Engine.Checking;

/// <summary>Judges whether everything that the snapshots need is there and whole.</summary>
public static class Checker
{
    /// <summary>
    /// Checks a repository; loads the index itself. Findings are in the result, not thrown. A backup may run meanwhile.
    /// </summary>
    /// <exception cref="RepositoryException">The store cannot be reached or refuses.</exception>
    public static async Task<CheckResult> CheckAsync(
        Repository repository, CheckOptions options, CheckProgress? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(repository);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        progress ??= new CheckProgress();
        var log = new CheckLog(options.OnFinding);

        await KeyRing.ReadAllAsync(repository.Store, (id, e) => log.Add(CheckFindingKind.DamagedKey, id.ToString(), e.Message), cancellationToken);

        // Snapshots before the index, the index before the packs: what an earlier list names, a later one has, though a backup adds to all.
        var snapshots = await repository.SnapshotsAsync((id, e) => log.Add(CheckFindingKind.DamagedSnapshot, id.ToString(), e.Message), cancellationToken);
        await repository.LoadIndexAsync((id, e) => log.Add(CheckFindingKind.DamagedIndex, id.ToString(), e.Message), cancellationToken);
        var (packs, unreferenced) = await ComparePacksAsync(repository, log, cancellationToken);

        var trees = new TreeCheck(repository, options, progress, log);
        await trees.RunAsync(snapshots, cancellationToken);
        var data = new PackCheck(repository, options, progress, log);
        if (options.ReadData)
        {
            Heap.Trim();
            await data.RunAsync(ToRead(packs, options), cancellationToken);
        }

        return new CheckResult
        {
            ErrorCount = log.ErrorCount,
            Findings = log.Findings,
            Snapshots = snapshots.Count,
            Trees = trees.Trees,
            Packs = packs.Count,
            UnreferencedPacks = unreferenced,
            BytesRead = data.BytesRead,
        };
    }

    private static List<KeyValuePair<ObjectId, PackFacts>> ToRead(Dictionary<ObjectId, PackFacts> packs, CheckOptions options)
    {
        var there = packs.Where(pack => pack.Value.StoredLength is not null).ToList();
        if (options.Subset is not { } subset)
            return there;
        var chosen = subset.Choose(there.ConvertAll(pack => (pack.Key, pack.Value.StoredLength!.Value)), options.Dice);
        return there.FindAll(pack => chosen.Contains(pack.Key));
    }

    private static async Task<(Dictionary<ObjectId, PackFacts> Packs, long Unreferenced)> ComparePacksAsync(
        Repository repository, CheckLog log, CancellationToken cancellationToken)
    {
        var packs = new Dictionary<ObjectId, PackFacts>();
        foreach (var blob in repository.Index.Entries())
        {
            if (!packs.TryGetValue(blob.Location.Pack, out var facts))
                packs.Add(blob.Location.Pack, facts = new PackFacts());
            facts.Add(blob);
        }

        var unreferenced = 0L;
        await foreach (var stored in repository.Store.ListAsync(ObjectKind.Data, cancellationToken))
        {
            if (packs.TryGetValue(stored.Name.Id, out var facts))
            {
                facts.StoredLength = stored.Length;
                continue;
            }

            unreferenced++;
            log.Add(
                CheckFindingKind.UnreferencedPack,
                stored.Name.ToString(),
                $"The pack {stored.Name} is in no index file. No snapshot needs it: a backup was cut off, or is running. Pruning removes it.");
        }

        foreach (var (id, facts) in packs)
            JudgeLength(repository, id, facts, log);
        return (packs, unreferenced);
    }

    private static void JudgeLength(Repository repository, ObjectId id, PackFacts facts, CheckLog log)
    {
        var name = new ObjectName(ObjectKind.Data, id).ToString();
        if (facts.StoredLength is not { } stored)
        {
            log.Add(CheckFindingKind.MissingPack, name, $"The pack {name} is missing, though the index names it. Put it back from a copy of the repository.");
            return;
        }

        if (stored == facts.ExpectedLength)
            return;

        // Index files may list an entry twice; only then the entries themselves are worth a scan.
        var expected = PackFacts.Of(repository.Index.Entries().Where(blob => blob.Location.Pack == id).DistinctBy(blob => blob.Location.Offset)).ExpectedLength;
        if (stored != expected)
        {
            log.Add(
                CheckFindingKind.WrongPackLength,
                name,
                $"The pack {name} has {stored} bytes, by the index it should have {expected}. Put it back from a copy of the repository.");
        }
    }
}
