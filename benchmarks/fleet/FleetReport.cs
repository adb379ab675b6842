using System.Globalization;
using System.Text;
using NodaTime;

namespace BackupOnline.Fleet;

/// <summary>All variants over one demand, against the offline bound.</summary>
public sealed record FleetReport(FleetModel Model, IReadOnlyList<FleetResult> Results, IReadOnlySet<(string Tenant, YearMonth Month)> Avoidable, TimeSpan Took)
{
    public static FleetReport Make(FleetModel model, IReadOnlyList<Variant> variants, Action<string> tell)
    {
        var began = TimeProvider.System.GetTimestamp();
        var fleet = DemandMaker.Make(model);
        var avoidable = new HashSet<(string, YearMonth)>();
        var spread = Variant.All.First(variant => variant.Spread);
        for (var number = 0; number < model.Months; number++)
        {
            var month = MonthWindow.Of(model, model.FirstMonth.PlusMonths(number));
            foreach (var demand in fleet.Where(demand => OfflineBound.IsAvoidable(model, demand, spread, month))) avoidable.Add((demand.Name, month.Month));
        }

        var results = new List<FleetResult>();
        foreach (var variant in variants)
        {
            results.Add(FleetSimulation.Run(model, fleet, variant));
            tell($"{variant.Name}: {results[^1].Breaches.Count()} months above 5 Mbit/s");
        }

        return new FleetReport(model, results, avoidable, TimeProvider.System.GetElapsedTime(began));
    }

    public int AvoidableBreaches(FleetResult result) => result.Breaches.Count(month => Avoidable.Contains((month.Tenant, month.Month)));

    /// <summary>Of the avoidable breaches of <paramref name="naive"/>, the share that <paramref name="result"/> has no longer; breaches that it makes itself count against it.</summary>
    public double Removed(FleetResult result, FleetResult naive) => 1 - ((double)AvoidableBreaches(result) / AvoidableBreaches(naive));

    public string ToMarkdown()
    {
        var text = new StringBuilder();
        var months = Model.Tenants * Model.Months;
        text.AppendLine(CultureInfo.InvariantCulture, $"# Fleet: {Model.Tenants} tenants, {Model.Months} months, seed {Model.Seed}").AppendLine();
        text.AppendLine(CultureInfo.InvariantCulture, $"{months} tenant-months; with hindsight {months - Avoidable.Count} of them are above 5 Mbit/s whatever is done. Took {Took.TotalSeconds:F0} s.").AppendLine();
        text.AppendLine("| fleet | months above 5 Mbit/s | of them avoidable | above 5.25 | removed, against naive with the same start times | daily backups within 24 h | blocked |");
        text.AppendLine("|---|---|---|---|---|---|---|");
        foreach (var result in Results)
        {
            var naive = Results.First(other => other.Variant.Way == Way.AtOnce && other.Variant.Spread == result.Variant.Spread);
            text.AppendLine(CultureInfo.InvariantCulture, $"| {result.Variant.Name} | {result.Breaches.Count()} | {AvoidableBreaches(result)} | {result.Months.Count(m => m.PercentileBytes > 196_875_000)} | {(result == naive ? "-" : Percent(Removed(result, naive)))} | {Percent((double)result.OnTime / (result.OnTime + result.Late))} of {result.OnTime + result.Late} | {result.Stuck} |");
        }

        text.AppendLine(CultureInfo.InvariantCulture, $"| offline bound | {months - Avoidable.Count} | 0 | - | 100 % | 100 % | 0 |");
        return text.ToString();
    }

    private static string Percent(double share) => share.ToString("0.00 %", CultureInfo.InvariantCulture);
}
