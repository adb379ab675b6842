namespace BackupOnline.Rules.Traffic;

/// <summary>What the rest of a month is expected to carry, from what was seen: backups repeat by the week.</summary>
public static class ExpectationRule
{
    /// <summary>Slots of a week.</summary>
    public const int Week = 7 * Day;

    private const int Day = 24 * 3600 / TrafficSlot.Seconds;

    /// <summary>
    /// Each slot from <paramref name="from"/> (inclusive) to <paramref name="end"/> (exclusive) as the newest one that lies whole weeks before it and has ended;
    /// where less than a week is known, whole days. Elapsed time, no zone: a change of clock shifts a slot and changes no count. Slots of 0 are left out.
    /// </summary>
    /// <param name="known">Bytes of the slots that were seen; absent means 0.</param>
    /// <param name="knownFrom">First slot that the meter saw at all.</param>
    public static IEnumerable<(long Bytes, long Count)> Future(IReadOnlyDictionary<long, long> known, long knownFrom, long from, long end)
    {
        var seen = from - knownFrom;
        var period = seen >= Week ? Week : Day;
        if (seen < period) yield break;
        for (var slot = from; slot < end; slot++)
        {
            var like = from - period + ((slot - from) % period);
            if (known.TryGetValue(like, out var bytes) && bytes > 0) yield return (bytes, 1);
        }
    }
}
