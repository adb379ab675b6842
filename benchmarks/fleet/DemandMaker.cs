using NodaTime;

namespace BackupOnline.Fleet;

/// <summary>Draws the fleet's demand from the seed: no variant has a say in it.</summary>
public static class DemandMaker
{
    private static readonly double[][] Weeks =
    [
        [1.3, 1.3, 1.3, 1.3, 1.3, 0.3, 0.2], // an office
        [1, 1, 1, 1, 1, 1, 1], // machines
        [0.7, 0.7, 0.7, 0.7, 0.7, 0.7, 2.8], // a weekly dump on Sunday
    ];

    public static IReadOnlyList<TenantDemand> Make(FleetModel model) => [.. Enumerable.Range(0, model.Tenants).Select(number => Tenant(model, number))];

    private static TenantDemand Tenant(FleetModel model, int number)
    {
        var dice = new Random((model.Seed * 10_007) + number);
        var mean = Math.Min(model.MedianDailyBytes * LogNormal(dice, model.DailySigma, false), 250e9);
        var week = Weeks[dice.Next(100) switch { < 60 => 0, < 85 => 1, _ => 2 }];
        var growth = dice.NextDouble() * 0.4;
        var source = mean * (20 + (40 * dice.NextDouble()));
        var days = Period.DaysBetween(model.FirstDay, model.EndDay);
        var yearly = days / 365.0;
        var joined = dice.NextDouble() < model.Joining ? model.FirstDay.PlusDays(31 + dice.Next(Math.Max(1, days - 60))) : model.FirstDay;
        var works = new List<Work>();
        if (joined > model.FirstDay) works.Add(Seed(dice, joined, source));
        var away = Days(dice, model.Outages * yearly, days).SelectMany(day => Enumerable.Range(day, 1 + dice.Next(5))).ToHashSet();
        var reSeeds = Days(dice, model.ReSeeds * yearly, days);
        var restores = Days(dice, model.Restores * yearly, days);

        var missed = 0.0;
        for (var day = 0; day < days; day++)
        {
            var date = model.FirstDay.PlusDays(day);
            var volume = mean * week[(int)date.DayOfWeek - 1] * (1 + (growth * day / 365.0)) * LogNormal(dice, model.DaySigma, true);
            if (date <= joined && joined > model.FirstDay) continue;
            if (away.Contains(day))
            {
                // What changes on several days is often the same data.
                missed += 0.6 * volume;
                continue;
            }

            works.Add(new Work(WorkKind.Daily, date, Bytes(volume + missed), Bytes(source), Bend(dice), 0));
            missed = 0;
            if (reSeeds.Contains(day)) works.Add(Seed(dice, date, source * (1 + (growth * day / 365.0))));
            if (restores.Contains(day)) works.Add(new Work(WorkKind.Restore, date, Bytes(source * (0.05 + (0.95 * dice.NextDouble()))), 0, 1, dice.Next(288)));
        }

        return new TenantDemand($"tenant-{number:000}", Bytes(source), joined, works);
    }

    private static Work Seed(Random dice, LocalDate date, double source) =>
        new(WorkKind.Seed, date, Bytes(source * (0.6 + (0.2 * dice.NextDouble()))), Bytes(source), Bend(dice), dice.Next(288));

    private static HashSet<int> Days(Random dice, double expected, int days) =>
        [.. Enumerable.Range(0, days).Where(_ => dice.NextDouble() < expected / days)];

    private static double Bend(Random dice) => 0.7 + (0.8 * dice.NextDouble());

    private static long Bytes(double bytes) => Math.Max(1_000_000, (long)bytes);

    // Median 1, or mean 1.
    private static double LogNormal(Random dice, double sigma, bool meanIsOne)
    {
        var normal = Math.Sqrt(-2 * Math.Log(1 - dice.NextDouble())) * Math.Cos(2 * Math.PI * dice.NextDouble());
        return Math.Exp((sigma * normal) - (meanIsOne ? sigma * sigma / 2 : 0));
    }
}
