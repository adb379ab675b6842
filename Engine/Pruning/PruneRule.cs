using BackupOnline.Engine.Ids;

namespace BackupOnline.Engine.Pruning;

/// <summary>Decides what becomes of each pack. Pure: the same census, options and time give the same plan.</summary>
internal static class PruneRule
{
    /// <summary>Fewer small packs than this are not worth the trouble; the number is restic's.</summary>
    private const int FewestSmallPacks = 10;

    /// <param name="packs">The census.</param>
    /// <param name="options">What may be done.</param>
    /// <param name="now">By the store's clock.</param>
    /// <param name="packSizeBytes">The usual size of a new pack.</param>
    public static PrunePlan Plan(IReadOnlyCollection<PackUse> packs, PruneOptions options, DateTimeOffset now, long packSizeBytes)
    {
        var decisions = new List<PackDecision>(packs.Count);
        var candidates = new List<PackUse>();
        var small = new List<PackUse>();
        var (missing, wrongLength) = (new List<ObjectId>(), new List<ObjectId>());
        foreach (var use in packs.OrderBy(use => use.Pack))
        {
            if (use.StoredBytes is null)
            {
                if (use.UsedBlobs > 0)
                    missing.Add(use.Pack);
                else if (use.IsIndexed)
                    decisions.Add(PackDecision.Of(use, PackFate.Forget, PackReason.Missing));
            }
            else if (use.UsedBlobs == 0)
            {
                decisions.Add(PackDecision.Of(use, FateOfUnused(use, options, now), use.IsIndexed ? PackReason.Unused : PackReason.Unreferenced));
            }
            else if (use.StoredBytes != use.IndexedBytes)
            {
                wrongLength.Add(use.Pack);
            }
            else if (options.RepackCacheableOnly && use.HasData && !use.HasTrees)
            {
                decisions.Add(PackDecision.Of(use, PackFate.Keep, PackReason.NotCacheable));
            }
            else if (use.UnusedBlobs > 0 || (use.HasData && use.HasTrees))
            {
                candidates.Add(use);
            }
            else if (options.RepackSmall && IsSmall(use, packSizeBytes))
            {
                small.Add(use);
            }
            else
            {
                decisions.Add(PackDecision.Of(use, PackFate.Keep, PackReason.AllUsed));
            }
        }

        if (small.Count >= FewestSmallPacks)
            candidates.AddRange(small);
        else
            decisions.AddRange(small.Select(use => PackDecision.Of(use, PackFate.Keep, PackReason.AllUsed)));
        var limit = options.MaxUnused.Beside(packs.Sum(use => use.UsedBytes));
        decisions.AddRange(Choose(candidates, options, limit, packSizeBytes));
        return new PrunePlan
        {
            Packs = decisions,
            Options = options,
            Marks = MarksAfter(decisions, packs, options, now),
            MarksBefore = packs.Where(use => use.MarkedSince is not null).ToDictionary(use => use.Pack, use => use.MarkedSince!.Value),
            DuePacks = packs.Count(use => use.UsedBlobs == 0 && use.StoredBytes is not null && options.Beside && use.MarkedSince is { } since && now - since >= options.Grace),
            NeededMissingPacks = missing,
            NeededPacksOfWrongLength = wrongLength,
        };
    }

    private static PackFate FateOfUnused(PackUse use, PruneOptions options, DateTimeOffset now) =>
        options.Beside ? PackFate.Wait
        : options.Grace == TimeSpan.Zero ? PackFate.Remove
        : use.MarkedSince is { } since && now - since >= options.Grace ? PackFate.Remove
        : PackFate.Wait;

    /// <summary>Packs with trees first, then those where a copied byte frees most; each until a limit says that it is enough.</summary>
    private static IEnumerable<PackDecision> Choose(List<PackUse> candidates, PruneOptions options, long unusedLimit, long packSizeBytes)
    {
        var unusedLeft = candidates.Sum(use => use.UnusedBytes);
        var repacked = 0L;
        foreach (var use in candidates.OrderByDescending(use => use.HasTrees).ThenByDescending(UnusedPart).ThenBy(use => use.Pack))
        {
            var bytes = use.UsedBytes + use.UnusedBytes;
            var isSmall = options.RepackSmall && IsSmall(use, packSizeBytes);
            if (repacked + bytes >= options.MaxRepackBytes)
            {
                yield return PackDecision.Of(use, PackFate.Keep, PackReason.BeyondRepackLimit);
            }
            else if (!use.HasTrees && !isSmall && unusedLeft <= unusedLimit)
            {
                yield return PackDecision.Of(use, PackFate.Keep, PackReason.WithinUnusedLimit);
            }
            else
            {
                unusedLeft -= use.UnusedBytes;
                repacked += bytes;
                yield return PackDecision.Of(
                    use, PackFate.Repack, use.HasTrees && use.HasData ? PackReason.Mixed : use.UnusedBlobs > 0 ? PackReason.PartlyUsed : PackReason.Small);
            }
        }
    }

    private static double UnusedPart(PackUse use) => (double)use.UnusedBytes / (use.UsedBytes + use.UnusedBytes);

    private static bool IsSmall(PackUse use, long packSizeBytes) => use.StoredBytes < packSizeBytes / 5 * 4;

    /// <summary>Who waits is marked, since when it first was; a pack that is needed again loses its mark. What is repacked is not needed from now on.</summary>
    private static Dictionary<ObjectId, DateTimeOffset> MarksAfter(
        List<PackDecision> decisions, IReadOnlyCollection<PackUse> packs, PruneOptions options, DateTimeOffset now)
    {
        var known = packs.Where(use => use.MarkedSince is not null).ToDictionary(use => use.Pack, use => use.MarkedSince!.Value);
        var marks = new Dictionary<ObjectId, DateTimeOffset>();
        foreach (var decision in decisions)
        {
            if (decision.Fate == PackFate.Wait)
                marks.Add(decision.Pack, known.TryGetValue(decision.Pack, out var since) ? since : now);
            else if (decision.Fate == PackFate.Repack && (options.Beside || options.Grace > TimeSpan.Zero))
                marks.Add(decision.Pack, now);
        }

        return marks;
    }
}
