using System.Globalization;
using BackupOnline.Grains.Tests.Running;

namespace BackupOnline.Grains.Tests.VirtualMachines;

/// <summary>The simulation of many days: short in each run, at full size by <c>scripts/bench.sh hot</c>. The seed of a failure repeats it.</summary>
public sealed class HotSimulationTests(GrainsFixture fixture)
{
    [Fact]
    public Task Eight_machines_have_one_point_a_day_over_the_change_of_clocks_and_the_death_of_a_silo() => RunAsync(new()
    {
        Seed = 20261025,
        Machines = 8,
        Hosts = 3,
        Days = 10,
        Silos = 2,
        Kills = 1,
        Start = new(2026, 10, 18, 10, 0, 0, TimeSpan.Zero),
    });

    [Fact(Explicit = true)]
    public Task Fifty_machines_have_one_point_a_day_for_forty_days_whatever_dies() => RunAsync(new()
    {
        Seed = Number("BACKUPONLINE_SEED", 1),
        Machines = Number("BACKUPONLINE_BENCH_MACHINES", 50),
        Hosts = 6,
        Days = Number("BACKUPONLINE_BENCH_DAYS", 40),
        Silos = 3,
        Kills = Number("BACKUPONLINE_KILLS", 12),
        Start = new(2026, 9, 25, 10, 0, 0, TimeSpan.Zero),
    });

    private async Task RunAsync(HotPlan plan)
    {
        var service = World.Name("hot");
        var watch = System.Diagnostics.Stopwatch.StartNew();
        await using var cluster = await GrainCluster.StartAsync(fixture.Apart, service, plan.Silos, from: plan.Start);
        var simulation = new HotSimulation(cluster, plan, service);

        await simulation.RunAsync();

        await simulation.FireAllAsync();
        var invariants = new HotInvariants(cluster, simulation, plan);
        for (var i = 0; i < plan.Machines; i++) await invariants.CheckAsync(i);
        Assert.Equal(plan.Kills, simulation.Killed);
        Assert.True(invariants.OwedDays > plan.Machines && simulation.Agents.Failures > 0 && simulation.Agents.Vanished > 0, "The simulation had nothing to overcome.");
        await WriteAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"| {plan.Seed} | {plan.Machines} | {plan.Days} | {plan.Silos} | {simulation.Killed} | {simulation.Steps} | {simulation.Agents.Made.Count} | {invariants.OwedDays} | {invariants.CoveredDays} | {simulation.Agents.Failures} | {simulation.Agents.Vanished} | {simulation.Agents.Mismatches} | {watch.Elapsed.TotalSeconds:0} s |"));
    }

    private static async Task WriteAsync(string line)
    {
        if (Environment.GetEnvironmentVariable("BACKUPONLINE_BENCH_OUT") is { Length: > 0 } path) await File.AppendAllTextAsync(path, line + "\n");
        TestContext.Current.TestOutputHelper?.WriteLine(line);
    }

    private static int Number(string variable, int otherwise) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;
}
