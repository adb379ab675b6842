using BackupOnline.Engine.Ids;

namespace BackupOnline.Engine.Pruning;

/// <summary>What a prune may do. The defaults are stock restic's.</summary>
public sealed class PruneOptions
{
    /// <summary>Unused data that may stay in partly used packs of data. Default 5 %.</summary>
    public UnusedLimit MaxUnused { get; init; } = UnusedLimit.FivePercent;

    /// <summary>Bytes of packs that are repacked at most; 0 repacks nothing, for a disk that is nearly full. Default: no bound.</summary>
    public long MaxRepackBytes { get; init; } = long.MaxValue;

    /// <summary>Repack only packs that hold trees: little to read.</summary>
    public bool RepackCacheableOnly { get; init; }

    /// <summary>Also repack packs below 80 % of the usual size, when there are at least ten of them.</summary>
    public bool RepackSmall { get; init; }

    /// <summary>
    /// A pack is removed only when a prune had marked it at least this long ago and nothing has needed it since. Zero, the default, removes at once: right
    /// under an exclusive lock, since nobody can be about to rely on what is removed.
    /// </summary>
    public TimeSpan Grace { get; init; }

    /// <summary>Others may be at work (a shared lock): only add and mark, remove no pack and no list of packs.</summary>
    public bool Beside { get; init; }

    /// <summary>
    /// Remove packs before the index stops naming them: needs no room at all. Cut off, the index names packs that are gone, though nothing needs them. Last resort.
    /// </summary>
    public bool PacksFirst { get; init; }

    /// <summary>Snapshots that count as removed: to plan what would follow from removing them.</summary>
    public IReadOnlySet<ObjectId> WithoutSnapshots { get; init; } = new HashSet<ObjectId>();

    /// <summary>Trees or packs read at the same time. 1 to 16, default 2.</summary>
    public int ReadConcurrency { get; init; } = 2;

    /// <exception cref="ArgumentException">Names the property, its value and its bound.</exception>
    public void Validate()
    {
        Check(MaxRepackBytes >= 0, nameof(MaxRepackBytes), MaxRepackBytes, "zero or more");
        Check(Grace >= TimeSpan.Zero, nameof(Grace), Grace, "zero or more");
        Check(ReadConcurrency is >= 1 and <= 16, nameof(ReadConcurrency), ReadConcurrency, "between 1 and 16");
        Check(!Beside || !PacksFirst, nameof(PacksFirst), PacksFirst, "off beside others at work");
    }

    private static void Check(bool holds, string property, object value, string bound)
    {
        if (!holds)
            throw new ArgumentException($"{property} is {value}; it must be {bound}.", property);
    }
}
