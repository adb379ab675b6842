using System.Globalization;
using System.Text;
using BackupOnline.Schedule.Contenders;

namespace BackupOnline.Schedule;

/// <summary>All rounds as a table: of each figure the median over the rounds, the worst one beside it.</summary>
internal sealed class Report(int rounds, int others)
{
    private readonly string loadBefore = Load();

    public List<IContender> Contenders { get; } = [];

    public List<CrowdResult> Results { get; } = [];

    public string ToMarkdown()
    {
        var text = new StringBuilder();
        text.AppendLine("# Schedules that are due at one instant").AppendLine();
        text.AppendLine(CultureInfo.InvariantCulture, $"{Environment.ProcessorCount} cores ({Processor()}), .NET {Environment.Version}, load {loadBefore} before and {Load()} after; PostgreSQL with fsync, scheduler, silo and database on this one machine, {others} other daily schedules in each one's table.");
        text.AppendLine(CultureInfo.InvariantCulture, $"Median of {rounds} rounds, the worst round in brackets; one round of 50 000, and of the others' 10 000. Lag: from the due instant to the first line of the grain that is called. Per second: until every outcome stands in the database.").AppendLine();
        text.AppendLine("| scheduler | due at once | p50 lag, s | p99 lag, s | last, s | executed per second | started again |");
        text.AppendLine("|---|---|---|---|---|---|---|");
        foreach (var same in Results.GroupBy(result => (result.Name, result.Crowd)))
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"| {same.Key.Name} | {same.Key.Crowd} | {Lag(same, r => r.Percentile(0.5))} | {Lag(same, r => r.Percentile(0.99))} | {Lag(same, r => r.Lags[^1])} | {Median(same.Select(r => r.PerSecond)):F0} ({same.Min(r => r.PerSecond):F0}) | {same.Sum(r => r.Again)} |");
        }

        text.AppendLine().AppendLine("| made | how | schedules | s | per second |").AppendLine("|---|---|---|---|---|");
        foreach (var contender in Contenders)
        {
            foreach (var making in contender.Making)
                text.AppendLine(CultureInfo.InvariantCulture, $"| {contender.Name} | {making.How} | {making.Schedules} | {making.Took.TotalSeconds:F1} | {making.PerSecond:F0} |");
        }

        text.AppendLine();
        foreach (var contender in Contenders)
            text.AppendLine(CultureInfo.InvariantCulture, $"- {contender.Name}: {contender.Settings}.");
        AppendRatios(text);
        return text.ToString();
    }

    // Against the first contender, which is ours.
    private void AppendRatios(StringBuilder text)
    {
        foreach (var peer in Contenders.Skip(1))
        {
            foreach (var theirs in Results.Where(result => result.Name == peer.Name).GroupBy(result => result.Crowd))
            {
                var ours = Results.Where(result => result.Name == Contenders[0].Name && result.Crowd == theirs.Key).ToList();
                if (ours.Count == 0) continue;
                var lag = Median(theirs.Select(P99)) / Median(ours.Select(P99));
                var rate = Median(ours.Select(r => r.PerSecond)) / Median(theirs.Select(r => r.PerSecond));
                text.AppendLine(CultureInfo.InvariantCulture, $"- {theirs.Key} due at once: p99 lag of {peer.Name} is {lag:F1} times ours, ours executes {rate:F1} times as many per second.");
            }
        }

        static double P99(CrowdResult result) => result.Percentile(0.99).TotalSeconds;
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
