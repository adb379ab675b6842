using System.Globalization;
using System.Text;

namespace BackupOnline.Schedule;

/// <summary>All rounds as a table: the median round of each crowd by its p99, the worst one beside it.</summary>
public sealed class Report(int rounds, int others)
{
    private readonly string loadBefore = Load();

    public List<(string Name, IReadOnlyList<Making> Making)> Made { get; } = [];

    public List<CrowdResult> Results { get; } = [];

    public string ToMarkdown()
    {
        var text = new StringBuilder();
        text.AppendLine("# Schedules that are due at one instant").AppendLine();
        text.AppendLine(CultureInfo.InvariantCulture, $"{Environment.ProcessorCount} cores ({Processor()}), load {loadBefore} before and {Load()} after; PostgreSQL with fsync, scheduler, silo and database on this one machine, {others} other daily schedules in each one's table.");
        text.AppendLine(CultureInfo.InvariantCulture, $"Median of {rounds} rounds, the worst round in brackets. Lag: from the due instant to the first line of the grain that is called. Per second: until every outcome stands in the database.").AppendLine();
        text.AppendLine("| scheduler | due at once | p50 lag, s | p99 lag, s | last, s | executed per second | started again |");
        text.AppendLine("|---|---|---|---|---|---|---|");
        foreach (var same in Results.GroupBy(result => (result.Name, result.Crowd)))
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"| {same.Key.Name} | {same.Key.Crowd} | {Lag(same, r => r.Percentile(0.5))} | {Lag(same, r => r.Percentile(0.99))} | {Lag(same, r => r.Lags[^1])} | {Median(same.Select(r => r.PerSecond)):F0} ({same.Min(r => r.PerSecond):F0}) | {same.Sum(r => r.Again)} |");
        }

        text.AppendLine().AppendLine("| made | how | schedules | s | per second |").AppendLine("|---|---|---|---|---|");
        foreach (var (name, made) in Made)
        {
            foreach (var making in made)
                text.AppendLine(CultureInfo.InvariantCulture, $"| {name} | {making.How} | {making.Schedules} | {making.Took.TotalSeconds:F1} | {making.PerSecond:F0} |");
        }

        return text.ToString();
    }

    private static string Lag(IEnumerable<CrowdResult> same, Func<CrowdResult, TimeSpan> lag)
    {
        var seconds = same.Select(result => lag(result).TotalSeconds).ToList();
        return string.Create(CultureInfo.InvariantCulture, $"{Median(seconds):F2} ({seconds.Max():F2})");
    }

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted[(sorted.Count - 1) / 2];
    }

    private static string Load() => File.ReadAllText("/proc/loadavg").Split(' ')[0];

    private static string Processor() => File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':', 2)[1].Trim() ?? "unknown";
}
