using BackupOnline.Engine.Ids;

namespace BackupOnline.Engine.Checking;

/// <summary>Which packs a check reads, when not all. Three ways, as restic's: a fixed part, a share by chance, so many bytes by chance.</summary>
public sealed class PackSubset
{
    private readonly Func<IReadOnlyList<(ObjectId Pack, long Length)>, Func<int, int>, IEnumerable<ObjectId>> _choose;

    private PackSubset(Func<IReadOnlyList<(ObjectId Pack, long Length)>, Func<int, int>, IEnumerable<ObjectId>> choose) => _choose = choose;

    /// <summary>The part <paramref name="number"/> (from 1) of <paramref name="total"/> (at most 256) by the first byte of the id: all parts together are all packs.</summary>
    public static PackSubset Part(int number, int total)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(total, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(total, 256);
        ArgumentOutOfRangeException.ThrowIfLessThan(number, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(number, total);
        return new PackSubset((packs, _) => packs.Select(pack => pack.Pack).Where(pack => FirstByteOf(pack) % total == number - 1));
    }

    /// <summary>More than 0 and at most 100 per cent of the packs, rounded down but at least one.</summary>
    public static PackSubset Percent(double percent)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(percent);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(percent, 100);
        return new PackSubset((packs, dice) => Draw(packs, Math.Max(1, (int)(packs.Count * (percent / 100))), dice));
    }

    /// <summary>As many packs as make up this share of all their bytes, at least one.</summary>
    public static PackSubset Size(long bytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bytes);
        return new PackSubset((packs, dice) =>
        {
            var all = Math.Max(1, packs.Sum(pack => pack.Length));
            return Draw(packs, Math.Max(1, (int)(packs.Count * Math.Min(1, (double)bytes / all))), dice);
        });
    }

    /// <summary>The packs to read.</summary>
    /// <param name="packs">All that could be.</param>
    /// <param name="dice">A random number from 0 to below its argument.</param>
    public IReadOnlySet<ObjectId> Choose(IReadOnlyList<(ObjectId Pack, long Length)> packs, Func<int, int> dice)
    {
        ArgumentNullException.ThrowIfNull(packs);
        ArgumentNullException.ThrowIfNull(dice);
        return packs.Count == 0 ? new HashSet<ObjectId>() : _choose(packs, dice).ToHashSet();
    }

    // The first steps of Fisher and Yates: each choice of so many packs is as likely as another.
    private static IEnumerable<ObjectId> Draw(IReadOnlyList<(ObjectId Pack, long Length)> packs, int count, Func<int, int> dice)
    {
        var ids = packs.Select(pack => pack.Pack).ToArray();
        for (var i = 0; i < count; i++)
        {
            var chosen = i + dice(ids.Length - i);
            (ids[i], ids[chosen]) = (ids[chosen], ids[i]);
        }

        return ids.Take(count);
    }

    private static byte FirstByteOf(ObjectId id)
    {
        Span<byte> bytes = stackalloc byte[ObjectId.ByteLength];
        id.CopyTo(bytes);
        return bytes[0];
    }
}
