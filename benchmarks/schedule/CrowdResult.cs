using System.Globalization;

namespace BackupOnline.Schedule;

/// <summary>What became of a crowd that was due at one instant.</summary>
/// <param name="Lags">From the due instant to the first line of the target grain, of each schedule's first start, ascending.</param>
/// <param name="Recorded">From the due instant until the database held every outcome.</param>
/// <param name="Again">Starts beyond the first of each schedule.</param>
public sealed record CrowdResult(string Name, int Crowd, IReadOnlyList<TimeSpan> Lags, TimeSpan Recorded, int Again)
{
    public double PerSecond => Crowd / Recorded.TotalSeconds;

    /// <summary>The smallest lag that at least <paramref name="share"/> of the crowd did not exceed.</summary>
    public TimeSpan Percentile(double share) => Lags[Math.Max(0, (int)Math.Ceiling(share * Lags.Count) - 1)];

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Name}: {Crowd} due, p50 {Percentile(0.5).TotalSeconds:F3} s, p99 {Percentile(0.99).TotalSeconds:F3} s, last {Lags[^1].TotalSeconds:F3} s, {PerSecond:F0} per second, {Again} started again");
}
