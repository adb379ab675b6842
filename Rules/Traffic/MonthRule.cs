using System.Collections.Immutable;

namespace BackupOnline.Rules.Traffic;

/// <summary>Measures a month: percentiles, totals and the ranked curve (contract article 7).</summary>
public static class MonthRule
{
    // Highest first, and of equal ones the earlier slot: the curve is the same whoever computes it.
    private static readonly Comparer<RankedSlot> HighestFirst = Comparer<RankedSlot>.Create(
        static (left, right) => left.Bytes != right.Bytes ? right.Bytes.CompareTo(left.Bytes) : left.Slot.CompareTo(right.Slot));

    /// <summary>
    /// Counts the samples of the window; slots outside it are ignored and slots without a sample are 0. Bytes per slot, nothing is rounded. Above the limit
    /// means strictly above <see cref="TrafficPolicy.LimitBytesPerSlot"/>.
    /// </summary>
    /// <param name="samples">Each slot once, in any order.</param>
    public static MonthMeasure Measure(MeteringWindow window, IEnumerable<KeyValuePair<long, SlotBytes>> samples, TrafficPolicy policy)
    {
        List<RankedSlot> inward = [], outward = [], sum = [], larger = [];
        long totalIn = 0, totalOut = 0, totalLarger = 0;
        foreach (var (slot, bytes) in samples)
        {
            if (bytes.IsZero || !window.Holds(slot)) continue;
            totalIn += bytes.InBytes;
            totalOut += bytes.OutBytes;
            totalLarger += Math.Max(bytes.InBytes, bytes.OutBytes);
            if (bytes.InBytes > 0) inward.Add(new(slot, bytes.InBytes));
            if (bytes.OutBytes > 0) outward.Add(new(slot, bytes.OutBytes));
            sum.Add(new(slot, bytes.InBytes + bytes.OutBytes));
            larger.Add(new(slot, Math.Max(bytes.InBytes, bytes.OutBytes)));
        }

        foreach (var list in new[] { inward, outward, sum, larger }) list.Sort(HighestFirst);
        var free = PercentileRule.FreeSamples(window.Samples);
        var (p95In, p95Out, p95Sum, p95Larger) = (At(inward, free), At(outward, free), At(sum, free), At(larger, free));
        var series = policy.Basis == PercentileBasis.HigherOfInOut ? (p95Out > p95In ? PercentileBasis.Out : PercentileBasis.In) : policy.Basis;
        var (counted, p95, volume) = series switch
        {
            PercentileBasis.Sum => (sum, p95Sum, totalIn + totalOut),
            PercentileBasis.MaxPerSlot => (larger, p95Larger, totalLarger),
            PercentileBasis.Out => (outward, p95Out, totalOut),
            _ => (inward, p95In, totalIn),
        };
        return new()
        {
            Samples = window.Samples,
            Basis = policy.Basis,
            P95InBytes = p95In,
            P95OutBytes = p95Out,
            P95SumBytes = p95Sum,
            P95MaxBytes = p95Larger,
            P95Bytes = p95,
            Series = series,
            SamplesOverCap = CountAbove(counted, policy.LimitBytesPerSlot),
            Exceeded = p95 > policy.LimitBytesPerSlot,
            TotalInBytes = totalIn,
            TotalOutBytes = totalOut,
            VolumeBytes = policy.Basis == PercentileBasis.HigherOfInOut ? Math.Max(totalIn, totalOut) : volume,
            BusySlots = sum.Count,
            TopIn = Highest(inward, free),
            TopOut = Highest(outward, free),
            Top = Highest(counted, free),
        };
    }

    private static long At(List<RankedSlot> ranked, int free) => ranked.Count > free ? ranked[free].Bytes : 0;

    private static ImmutableArray<RankedSlot> Highest(List<RankedSlot> ranked, int free) => [.. ranked.Take(free + 1)];

    private static int CountAbove(List<RankedSlot> ranked, long limit)
    {
        var below = ranked.FindIndex(slot => slot.Bytes <= limit);
        return below < 0 ? ranked.Count : below;
    }
}
