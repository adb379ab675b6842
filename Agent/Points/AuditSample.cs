using BackupOnline.Agent.Hypervisors;

namespace BackupOnline.Agent.Points;

/// <summary>Which extents an audit compares.</summary>
internal static class AuditSample
{
    /// <summary>
    /// Distinct aligned extents that no changed extent touches, ascending; fewer than asked for where there are not as many, or the dice do not find them.
    /// The last extent of a disk may be shorter.
    /// </summary>
    /// <param name="size">Bytes of the disk.</param>
    /// <param name="changed">Ascending and disjoint.</param>
    /// <param name="count">How many are wanted.</param>
    /// <param name="extentBytes">Length and alignment of each.</param>
    /// <param name="dice">Chooses.</param>
    public static IReadOnlyList<(long Offset, int Length)> Take(long size, IReadOnlyList<Extent> changed, int count, int extentBytes, Random dice)
    {
        var places = (size + extentBytes - 1) / extentBytes;
        var chosen = new SortedSet<long>();
        if (places <= count)
        {
            for (var place = 0L; place < places; place++)
                chosen.Add(place);
        }

        // Twice as many throws as are wanted: a disk that changed nearly everywhere ends the search.
        for (var thrown = 0; places > count && chosen.Count < count && thrown < 2 * count; thrown++)
            chosen.Add(dice.NextInt64(places));
        return [.. chosen
            .Select(place => (Offset: place * extentBytes, Length: (int)Math.Min(extentBytes, size - (place * extentBytes))))
            .Where(extent => !Touched(changed, extent.Offset, extent.Offset + extent.Length))];
    }

    // By halves: the first changed extent that ends after the start decides.
    private static bool Touched(IReadOnlyList<Extent> changed, long start, long end)
    {
        var (low, high) = (0, changed.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (changed[middle].End > start)
                high = middle;
            else
                low = middle + 1;
        }

        return low < changed.Count && changed[low].Offset < end;
    }
}
