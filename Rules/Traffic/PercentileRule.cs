namespace BackupOnline.Rules.Traffic;

/// <summary>
/// The 95th percentile of contract article 7, by nearest rank and in whole numbers only: of n samples in ascending order the one at position
/// ceil(0.95 n), counted from 1. The same said otherwise: strike out the floor(n/20) highest, the highest that is left counts.
/// </summary>
public static class PercentileRule
{
    /// <summary>k = (95 n + 99) div 100, from 1; 0 when there is no sample.</summary>
    /// <param name="samples">n, 0 or more.</param>
    public static int Rank(int samples) => (int)(((95L * samples) + 99) / 100);

    /// <summary>F = floor(n/20): samples that do not count whatever they are, 36 hours of a month of 30 days.</summary>
    public static int FreeSamples(int samples) => samples / 20;

    /// <summary>The sample at the rank, in the samples' own unit; 0 when there is none.</summary>
    /// <param name="values">Samples that are known, in any order. Those that fail to <paramref name="samples"/> count as 0.</param>
    /// <param name="samples">n: at least as many as there are values.</param>
    public static long Of(IEnumerable<long> values, int samples) => OfRuns(values.Select(value => (value, 1L)), samples);

    /// <summary>As <see cref="Of"/>, for runs of equal samples.</summary>
    public static long OfRuns(IEnumerable<(long Value, long Count)> runs, int samples)
    {
        long higher = FreeSamples(samples);
        foreach (var (value, count) in runs.OrderByDescending(run => run.Value))
        {
            if (count > higher) return value;
            higher -= count;
        }

        return 0;
    }
}
