using BackupOnline.Grains.Interfaces.Names;
using BackupOnline.Grains.Interfaces.VirtualMachines;
using BackupOnline.Grains.Tests.Running;
using NodaTime;

namespace BackupOnline.Grains.Tests.VirtualMachines;

/// <summary>What must hold of every machine at the end, from what its agents know and without the product's own rules.</summary>
internal sealed class HotInvariants(GrainCluster cluster, HotSimulation simulation, HotPlan plan)
{
    private const int SlidingDays = 30;
    private static readonly DateTimeZone Paris = DateTimeZoneProviders.Tzdb["Europe/Paris"];

    public int OwedDays { get; private set; }

    public int CoveredDays { get; private set; }

    public async Task CheckAsync(int index)
    {
        var name = simulation.VmName(index);
        var vm = cluster.Grains.Get(new VmKey(simulation.World.Tenant, name));
        var made = simulation.Agents.Made.Where(point => point.Vm == name).OrderBy(point => point.At).ToList();
        await Eventually.Async($"all {made.Count} points of {name}", async () => (await PointsAsync(vm)).Count + (await DaysAsync(vm)).Removed.Length, known => known == made.Count);
        var (points, days) = (await PointsAsync(vm), await DaysAsync(vm));

        // Nothing made is unknown, nothing known was not made, each once.
        Assert.Equal(made.Select(p => p.Snapshot).Order(), points.Select(p => p.Point.Snapshot).Concat(days.Removed.Select(r => r.Snapshot)).Order());
        CheckDays(name, index, made);
        CheckSettled(name, made, days);
        CheckRetention(name, made, points);
    }

    // One run makes one point; a day has a second one only where the first was doubted.
    private void CheckDays(string name, int index, List<HotPoint> made)
    {
        Assert.Equal(made.Count, made.Select(point => point.Job).Distinct().Count());
        foreach (var day in made.GroupBy(point => DayOf(point.At)))
        {
            Assert.True(day.Count(point => !point.Suspect) <= 1, $"{name}: {day.Key} has {day.Count()} points.");
        }

        // Misfortunes cost a simulated agent up to three hours: what is due later in the evening may be lost honestly.
        if (Instant.FromDateTimeOffset(simulation.Dues[name]).InZone(Paris).Hour >= 20) return;
        var host = simulation.HostOf(index);
        for (var day = DayOf(plan.Start).PlusDays(1); day < DayOf(plan.End); day = day.PlusDays(1))
        {
            if (!host.IsThereAllOf(StartOf(day), StartOf(day.PlusDays(1)))) continue;
            OwedDays++;
            Assert.True(made.Exists(point => DayOf(point.At) == day), $"{name}: {host.Name} was there all of {day}, and there is no point.");
            CoveredDays++;
        }
    }

    private static void CheckSettled(string name, List<HotPoint> made, VmDayList days)
    {
        var settled = days.Days.Reverse().ToList();
        Assert.Equal(settled.Select(day => day.Day).Distinct(), settled.Select(day => day.Day));
        foreach (var day in settled)
        {
            var has = made.Exists(point => Text(DayOf(point.At)) == day.Day);
            if (day.Standing == VmDayStanding.Covered) Assert.True(has, $"{name}: {day.Day} is called covered and has no point.");
            if (day.Standing == VmDayStanding.Lost) Assert.False(made.Exists(p => Text(DayOf(p.At)) == day.Day && !p.Suspect), $"{name}: {day.Day} is called lost and has a point.");
            Assert.Equal(day.Standing == VmDayStanding.Lost, day.Cause is not null);
        }
    }

    // Between what must be kept now and what could still be kept two days ago, when the machine looked last.
    private void CheckRetention(string name, List<HotPoint> made, IReadOnlyList<VmPointView> points)
    {
        var kept = points.Select(point => point.Point.Snapshot).ToHashSet();
        Assert.Subset(Keep(made, made.LastOrDefault(p => !p.Suspect && p.At <= plan.End.AddDays(-2)), plan.End.AddDays(-2)), kept);
        Assert.Superset(Keep(made, made.LastOrDefault(), plan.End), kept);
        if (made.LastOrDefault(point => !point.Suspect) is { } last) Assert.Contains("last-good", points.Single(p => p.Point.Snapshot == last.Snapshot).KeptFor);
        foreach (var point in points)
        {
            Assert.NotEmpty(point.KeptFor);
            Assert.Equal(made.Single(p => p.Snapshot == point.Point.Snapshot).Suspect, point.State == VmPointState.Suspect);
            Assert.False(point.Extra && points.All(other => other.Day != point.Day || other == point), $"{name}: {point.Day} has an extra point alone.");
        }
    }

    // A point may be doubted after older ones have gone for its sake: what must be kept counts from the newest one, what may be kept from the last good one.
    private static HashSet<string> Keep(List<HotPoint> made, HotPoint? last, DateTimeOffset now)
    {
        var today = DayOf(now);
        var anchor = last is null ? LocalDate.MinIsoValue.PlusDays(SlidingDays) : LocalDate.Min(today, DayOf(last.At).PlusDays(1));
        var first = anchor.PlusDays(-SlidingDays);
        return [.. made.Where(p => DayOf(p.At) >= first || now < p.At.AddHours(24 * SlidingDays) || p == last).Select(p => p.Snapshot)];
    }

    private static LocalDate DayOf(DateTimeOffset at) => Instant.FromDateTimeOffset(at).InZone(Paris).Date;

    private static DateTimeOffset StartOf(LocalDate day) => Paris.AtStartOfDay(day).ToInstant().ToDateTimeOffset();

    private static string Text(LocalDate day) => NodaTime.Text.LocalDatePattern.Iso.Format(day);

    private static async Task<IReadOnlyList<VmPointView>> PointsAsync(IVirtualMachineGrain vm) => (await HotAgents.CallAsync(() => vm.PointsAsync(default))).Value!.Items;

    private static async Task<VmDayList> DaysAsync(IVirtualMachineGrain vm) => (await HotAgents.CallAsync(() => vm.DaysAsync(default))).Value!;
}
