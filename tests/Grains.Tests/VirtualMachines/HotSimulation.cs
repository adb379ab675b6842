using BackupOnline.Grains.Interfaces.Access;
using BackupOnline.Grains.Interfaces.Names;
using BackupOnline.Grains.Tests.Running;
using Npgsql;

namespace BackupOnline.Grains.Tests.VirtualMachines;

/// <summary>
/// Days of many machines: the clock goes from one due instant to the next, real schedule partitions fire, simulated agents work, silos are killed. Nothing of
/// the product is replaced but the agents and the clock.
/// </summary>
internal sealed class HotSimulation(GrainCluster cluster, HotPlan plan, string service)
{
    private static readonly TimeSpan LongestStep = TimeSpan.FromHours(1);

    // What is due within it is late by so much: hosts are not quicker either.
    private static readonly TimeSpan ShortestStep = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    // Starts at noon and in the night, over midnight, and in the hour that comes twice.
    private static readonly (string Start, int Minutes)[] Windows = [("00:30", 180), ("12:00", 360), ("17:00", 150), ("23:00", 240), ("02:15", 0)];

    private readonly Random dice = new(plan.Seed);

    public World World { get; } = new(cluster);

    public HotAgents Agents { get; private set; } = null!;

    public List<HotHost> Hosts { get; } = [];

    /// <summary>Each machine's first due instant.</summary>
    public Dictionary<string, DateTimeOffset> Dues { get; } = [];

    public int Steps { get; private set; }

    public int Killed { get; private set; }

    public string VmName(int index) => $"vm-{index:000}";

    public HotHost HostOf(int vm) => Hosts[vm % plan.Hosts];

    public async Task RunAsync()
    {
        Agents = new(cluster, World.Tenant, dice);
        await SetUpAsync();
        var kills = Enumerable.Range(0, plan.Kills).Select(_ => plan.Start.AddDays(dice.NextDouble() * (plan.Days - 1))).Order().ToList();
        while (cluster.Clock.GetUtcNow() < plan.End)
        {
            await StepAsync();
            while (Killed < kills.Count && cluster.Clock.GetUtcNow() >= kills[Killed])
            {
                Killed++;
                await KillAsync();
            }

            await SettleAsync();
        }
    }

    private async Task SetUpAsync()
    {
        await World.WithHostAsync();
        for (var i = 0; i < plan.Hosts; i++)
        {
            var name = i == 0 ? World.Host : $"host-{i:00}";
            var grain = cluster.Grains.Get(new HostKey(World.Tenant, name));
            if (i > 0) await EnrolAsync(name);
            Hosts.Add(new(name, grain) { Away = Absences(i) });
        }

        for (var i = 0; i < plan.Machines; i++)
        {
            var (start, minutes) = Windows[i % Windows.Length];
            var view = await World.Must(cluster.Grains.Get(new VmKey(World.Tenant, VmName(i))).CreateAsync(
                new()
                {
                    Caller = World.NewCaller(),
                    Host = HostOf(i).Name,
                    MachineId = $"machine-{i}",
                    Vault = World.Vault,
                    WindowStart = start,
                    WindowLength = TimeSpan.FromMinutes(minutes),
                },
                default));
            Dues[VmName(i)] = view.Today.LookAt!.Value;
        }
    }

    private async Task EnrolAsync(string name)
    {
        var grain = cluster.Grains.Get(new HostKey(World.Tenant, name));
        var code = SecretText.Sha256(SecretText.NewSecret());
        await World.Must(grain.InviteAsync(new() { Caller = World.NewCaller(), Vault = World.Vault, CodeSha256 = code }, default));
        await World.Must(grain.EnrolAsync(World.Enrolment(code) with { CredentialKeyId = SecretText.NewId('c') }, default));
    }

    // The first host is always there; every other one is away for hours now and then, and once for days.
    private List<(DateTimeOffset From, DateTimeOffset To)> Absences(int host)
    {
        var away = new List<(DateTimeOffset, DateTimeOffset)>();
        if (host == 0) return away;
        for (var day = 1.0; day < plan.Days; day += 2 + (dice.NextDouble() * 6))
        {
            var from = plan.Start.AddDays(day);
            away.Add((from, from.AddHours(1 + dice.Next(20))));
        }

        var gone = plan.Start.AddDays(1 + (dice.NextDouble() * plan.Days / 2));
        away.Add((gone, gone.AddDays(1.5 + (dice.NextDouble() * plan.Days / 6))));
        return away;
    }

    private async Task StepAsync()
    {
        Steps++;
        var now = cluster.Clock.GetUtcNow();
        var next = await NextDueAsync() ?? DateTimeOffset.MaxValue;
        var step = next - now;
        if (step > LongestStep) step = LongestStep;
        cluster.Clock.Advance((step > ShortestStep ? step : ShortestStep) + TimeSpan.FromSeconds(1));
    }

    private async Task SettleAsync()
    {
        await FireAllAsync();
        for (var round = 0; round < 6; round++)
        {
            var acted = false;
            foreach (var host in Hosts.Where(host => host.IsThere(cluster.Clock.GetUtcNow())))
            {
                acted |= await Agents.WorkAsync(host);
            }

            if (!acted) return;
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
            await FireAllAsync();
        }
    }

    /// <summary>Until nothing of the machines is due: a claimed row keeps its due instant until its outcome is written.</summary>
    public async Task FireAllAsync()
    {
        var waited = System.Diagnostics.Stopwatch.StartNew();
        while (true)
        {
            var due = await DuePartitionsAsync();
            if (due.Count == 0) return;
            Assert.True(waited.Elapsed < Patience, $"Still due after {waited.Elapsed} in partitions {string.Join(' ', due)} at {cluster.Clock.GetUtcNow():O}.");
            foreach (var partition in due)
            {
                // Of an instant long past: the partition's own next look is by a clock that has jumped meanwhile.
                cluster.Grains.Get(new SchedulePartitionKey(partition)).PokeAsync(plan.Start).Ignore();
            }

            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);

            // The lease of a silo that died ends with the clock, which nobody else moves now.
            if (waited.Elapsed > TimeSpan.FromSeconds(6)) cluster.Clock.Advance(TimeSpan.FromSeconds(5));
        }
    }

    private async Task KillAsync()
    {
        var silos = cluster.Silos.Silos;
        await cluster.Silos.KillSiloAsync(silos[dice.Next(silos.Count)]);
        await cluster.Silos.StartAdditionalSiloAsync();
    }

    private async Task<List<int>> DuePartitionsAsync()
    {
        await using var command = Command("select distinct partition from schedule where service_id = $1 and scope = $2 and next_due <= $3");
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = cluster.Clock.GetUtcNow() });
        await using var reader = await command.ExecuteReaderAsync();
        var due = new List<int>();
        while (await reader.ReadAsync()) due.Add(reader.GetInt16(0));
        return due;
    }

    private async Task<DateTimeOffset?> NextDueAsync()
    {
        await using var command = Command("select min(next_due) from schedule where service_id = $1 and scope = $2");
        return await command.ExecuteScalarAsync() is DateTime due ? new DateTimeOffset(due, TimeSpan.Zero) : null;
    }

    private NpgsqlCommand Command(string sql)
    {
        var command = cluster.Database.CreateCommand(sql);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = service });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = World.Tenant });
        return command;
    }
}
