using System.Diagnostics;
using System.Globalization;
using BackupOnline.SystemTests.Running;
using BackupOnline.SystemTests.Trees;

namespace BackupOnline.SystemTests;

/// <summary>kill -9 at random moments: nothing acknowledged is lost, nobody unlocks by hand.</summary>
public sealed class KillTests
{
    // The long campaign (scripts/bench.sh chaos) asks for more.
    private static readonly int Rounds = int.Parse(Environment.GetEnvironmentVariable("BACKUPONLINE_KILLS") ?? "20", CultureInfo.InvariantCulture);

    // Seeded: a failing run can be repeated with the seed that the message tells.
    private static readonly int Seed = int.Parse(Environment.GetEnvironmentVariable("BACKUPONLINE_SEED") ?? "20260101", CultureInfo.InvariantCulture);

    [Fact]
    public async Task An_agent_killed_at_a_random_moment_leaves_a_vault_that_the_next_run_completes()
    {
        await using var service = await Service.StartAsync();
        var tenant = await service.Door.MakeTenantAsync();
        var machine = new Machine(Path.Combine(service.Folder, "machine"));
        await machine.EnrolAsync(service, tenant);
        Directory.CreateDirectory(machine.Source);
        var dice = new Random(Seed);
        var killed = 0;
        var moment = await MeasureAsync(machine);

        // A run that had ended before its moment came does not count.
        for (var round = 1; killed < Rounds; round++)
        {
            Assert.True(round <= 4 * Rounds, $"Only {killed} of {round} agents were still running when they were killed (seed {Seed}).");
            await GrowAsync(machine.Source, round);
            await using (var agent = machine.StartAgent("backup", machine.Source))
            {
                await Task.Delay(moment * dice.NextDouble(), TimeProvider.System);
                killed += agent.HasEnded ? 0 : 1;
                moment *= agent.HasEnded ? 0.8 : 1;
                agent.Kill();
            }

            (await machine.AgentAsync("backup", machine.Source)).ShouldEndWith(0);
        }

        var stock = new Machine(machine.Folder) { Repository = await service.Door.MakeRepositoryAsync(tenant) };
        (await stock.ResticAsync("check", "--read-data")).ShouldEndWith(0);
        (await machine.AgentAsync("restore", "latest", "--target", "restored")).ShouldEndWith(0);
        await TreeDescription.ShouldBeSameAsync(machine.Source, Path.Combine(machine.Folder, "restored" + machine.Source));
    }

    [Fact]
    public async Task A_silo_killed_during_an_upload_loses_nothing_that_was_acknowledged_and_the_run_completes()
    {
        await using var service = await Service.StartAsync();
        var tenant = await service.Door.MakeTenantAsync();
        var machine = new Machine(Path.Combine(service.Folder, "machine"));
        await machine.EnrolAsync(service, tenant);
        Directory.CreateDirectory(machine.Source);
        var dice = new Random(Seed);
        var interrupted = 0;
        var moment = await MeasureAsync(machine);
        var runs = 1;

        for (var round = 1; interrupted < Rounds; round++)
        {
            Assert.True(round <= 4 * Rounds, $"Only {interrupted} of {round} backups were still running when their silo was killed (seed {Seed}).");
            await GrowAsync(machine.Source, round);
            await using var agent = machine.StartAgent("backup", machine.Source);
            await Task.Delay(moment * dice.NextDouble(), TimeProvider.System);
            runs++;
            interrupted += agent.HasEnded ? 0 : 1;
            moment *= agent.HasEnded ? 0.8 : 1;
            service.KillSilo();
            service.StartSilo();

            (await agent.WaitAsync(TimeSpan.FromMinutes(3))).ShouldEndWith(0).ShouldBeFitForAUser(Machine.Password);
            await service.ReadyAsync();
        }

        var stock = new Machine(machine.Folder) { Repository = await service.Door.MakeRepositoryAsync(tenant) };
        (await stock.ResticAsync("check", "--read-data")).ShouldEndWith(0);
        var snapshots = (await stock.ResticAsync("snapshots", "--json")).ShouldEndWith(0);
        Assert.Equal(runs, snapshots.Output.Split("\"short_id\"").Length - 1);
        (await machine.AgentAsync("restore", "latest", "--target", "restored")).ShouldEndWith(0);
        await TreeDescription.ShouldBeSameAsync(machine.Source, Path.Combine(machine.Folder, "restored" + machine.Source));
    }

    /// <summary>How long a backup of one round's data takes here and now, less the tail in which it says goodbye.</summary>
    private static async Task<TimeSpan> MeasureAsync(Machine machine)
    {
        await GrowAsync(machine.Source, 0);
        var watch = Stopwatch.StartNew();
        (await machine.AgentAsync("backup", machine.Source)).ShouldEndWith(0);
        return watch.Elapsed * 0.9;
    }

    /// <summary>About 25 MB of new data and some small files: several packs a round.</summary>
    private static Task<string> GrowAsync(string source, int round) =>
        Shell.RunAsync($$"""
            head -c 25000000 /dev/urandom > big-{{round % 4}}.bin
            mkdir -p small-{{round}}
            for i in $(seq 100); do printf 'round {{round}} file %s\n' $i > small-{{round}}/$i.txt; done
            """, source);
}
