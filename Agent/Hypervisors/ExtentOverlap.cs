namespace BackupOnline.Agent.Hypervisors;

/// <summary>Parts of a disk that lie in two lists of extents.</summary>
internal static class ExtentOverlap
{
    /// <summary>The parts of <paramref name="changes"/>, each of the kind that <paramref name="map"/> gives it. Both ascending and disjoint; the map covers the disk.</summary>
    public static IEnumerable<Extent> Of(IReadOnlyList<Extent> changes, IReadOnlyList<Extent> map)
    {
        for (int change = 0, place = 0; change < changes.Count && place < map.Count;)
        {
            var (start, end) = (Math.Max(changes[change].Offset, map[place].Offset), Math.Min(changes[change].End, map[place].End));
            if (start < end)
                yield return new Extent(start, end - start, map[place].Kind);
            if (changes[change].End <= map[place].End)
                change++;
            else
                place++;
        }
    }
}
