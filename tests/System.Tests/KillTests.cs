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

        for (var round = 0; round < Rounds; round++)
        {
            await GrowAsync(machine.Source, round);
            await using (var agent = machine.StartAgent("backup", machine.Source))
            {
                await Task.Delay(TimeSpan.FromMilliseconds(dice.Next(50, 1500)), TimeProvider.System);
                killed += agent.HasEnded ? 0 : 1;
                agent.Kill();
            }

            (await machine.AgentAsync("backup", machine.Source)).ShouldEndWith(0);
        }

        Assert.True(killed > Rounds / 2, $"Only {killed} of {Rounds} agents were still running when they were killed: nothing was shown (seed {Seed}).");
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

        for (var round = 0; round < Rounds; round++)
        {
            await GrowAsync(machine.Source, round);
            await using var agent = machine.StartAgent("backup", machine.Source);
            await Task.Delay(TimeSpan.FromMilliseconds(dice.Next(100, 1200)), TimeProvider.System);
            interrupted += agent.HasEnded ? 0 : 1;
            service.KillSilo();
            service.StartSilo();

            (await agent.WaitAsync(TimeSpan.FromMinutes(3))).ShouldEndWith(0).ShouldBeFitForAUser(Machine.Password);
            await service.ReadyAsync();
        }

        Assert.True(interrupted > Rounds / 2, $"Only {interrupted} of {Rounds} backups were still running when their silo was killed (seed {Seed}).");
        var stock = new Machine(machine.Folder) { Repository = await service.Door.MakeRepositoryAsync(tenant) };
        (await stock.ResticAsync("check", "--read-data")).ShouldEndWith(0);
        var snapshots = (await stock.ResticAsync("snapshots", "--json")).ShouldEndWith(0);
        Assert.Equal(Rounds, snapshots.Output.Split("\"short_id\"").Length - 1);
        (await machine.AgentAsync("restore", "latest", "--target", "restored")).ShouldEndWith(0);
        await TreeDescription.ShouldBeSameAsync(machine.Source, Path.Combine(machine.Folder, "restored" + machine.Source));
    }

    /// <summary>About 25 MB of new data and some small files: several packs a round.</summary>
    private static Task<string> GrowAsync(string source, int round) =>
        Shell.RunAsync($$"""
            head -c 25000000 /dev/urandom > big-{{round % 4}}.bin
            mkdir -p small-{{round}}
            for i in $(seq 100); do printf 'round {{round}} file %s\n' $i > small-{{round}}/$i.txt; done
            """, source);
}
