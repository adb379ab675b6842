namespace BackupOnline.Rules.Traffic;

/// <summary>How readings become the month's samples (design decision 9).</summary>
public static class MergeRule
{
    /// <summary>
    /// Bytes by slot: of readings with the same (node, boot, slot) the maximum of each direction, and the sum over nodes and boots. Repetition and order change
    /// nothing. Slots without a reading are absent, which means 0.
    /// </summary>
    public static SortedDictionary<long, SlotBytes> Merge(IEnumerable<SlotReading> readings)
    {
        var newest = new Dictionary<(string Node, string Boot, long Slot), SlotBytes>();
        foreach (var reading in readings)
        {
            var key = (reading.Node, reading.Boot, reading.Slot);
            newest[key] = SlotBytes.Larger(newest.GetValueOrDefault(key), reading.Bytes);
        }

        var merged = new SortedDictionary<long, SlotBytes>();
        foreach (var (key, bytes) in newest) merged[key.Slot] = merged.GetValueOrDefault(key.Slot) + bytes;
        return merged;
    }
}
