using BackupOnline.Engine.Ids;
using BackupOnline.Engine.Repositories;

namespace BackupOnline.Engine.Pruning;

/// <summary>What a prune will do, pack by pack, before it does anything.</summary>
public sealed record PrunePlan
{
    /// <summary>Every pack that is in the store or in the index.</summary>
    public required IReadOnlyList<PackDecision> Packs { get; init; }

    public required PruneOptions Options { get; init; }

    /// <summary>The marks that stand afterwards, with their time by the store's clock.</summary>
    public required IReadOnlyDictionary<ObjectId, DateTimeOffset> Marks { get; init; }

    public required IReadOnlyDictionary<ObjectId, DateTimeOffset> MarksBefore { get; init; }

    /// <summary>Packs that snapshots need and that are not there: then nothing is pruned.</summary>
    public required IReadOnlyList<ObjectId> NeededMissingPacks { get; init; }

    /// <summary>Packs that snapshots need and that are not as long as the index says: then nothing is pruned.</summary>
    public required IReadOnlyList<ObjectId> NeededPacksOfWrongLength { get; init; }

    /// <summary>Packs that wait though their grace time is over: an exclusive lock is all that it takes to remove them.</summary>
    public int DuePacks { get; init; }

    /// <summary>The snapshots that were looked at.</summary>
    public int Snapshots { get; init; }

    /// <summary>Which copy of a blob is needed; null in a plan that is only looked at.</summary>
    internal PackCensus? Census { get; init; }

    /// <summary>Whether packs that are not needed any more are marked instead of removed.</summary>
    public bool Waits => Options.Beside || Options.Grace > TimeSpan.Zero;

    public bool ChangesNothing => Packs.All(pack => pack.Fate is PackFate.Keep or PackFate.Wait) && MarksAreAsBefore;

    internal bool MarksAreAsBefore => MarksBefore.Count == Marks.Count && MarksBefore.All(mark => Marks.TryGetValue(mark.Key, out var since) && since == mark.Value);

    /// <summary>Bytes that nothing needs and that stay in packs that are kept.</summary>
    public long UnusedBytesAfter => Of(PackFate.Keep).Sum(pack => pack.UnusedBytes);

    /// <summary>Needed bytes.</summary>
    public long UsedBytes => Packs.Sum(pack => pack.UsedBytes);

    public IEnumerable<PackDecision> Of(PackFate fate) => Packs.Where(pack => pack.Fate == fate);

    /// <summary>The same without repacking: when there is no room for new packs.</summary>
    internal PrunePlan WithoutRepacking()
    {
        var repacked = Of(PackFate.Repack).Select(pack => pack.Pack).ToHashSet();
        return this with
        {
            Packs = [.. Packs.Select(pack => pack.Fate == PackFate.Repack ? pack with { Fate = PackFate.Keep, Reason = PackReason.BeyondRepackLimit } : pack)],
            Marks = Marks.Where(mark => !repacked.Contains(mark.Key)).ToDictionary(),
        };
    }

    /// <summary>Removing anything from a repository that lacks needed data could take away what a repair would still find.</summary>
    /// <exception cref="RepositoryException">Corrupt.</exception>
    internal void ThrowIfDamaged()
    {
        if (NeededMissingPacks.Count > 0)
            throw Damage($"{NeededMissingPacks.Count} packs that snapshots need are missing, the first is data/{NeededMissingPacks[0]}");
        if (NeededPacksOfWrongLength.Count > 0)
            throw Damage($"{NeededPacksOfWrongLength.Count} packs that snapshots need are not as long as the index says, the first is data/{NeededPacksOfWrongLength[0]}");
    }

    internal static RepositoryException Damage(string what) => new(
        RepositoryProblem.Corrupt,
        $"{what}. Nothing was removed. Put the missing files back from a copy of the repository, or run 'repair index', then 'repair snapshots', then prune again.");
}
