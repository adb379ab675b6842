using System.Globalization;
using BackupOnline.SystemTests.Running;
using BackupOnline.SystemTests.Trees;
using Npgsql;

namespace BackupOnline.SystemTests;

/// <summary>Three agents of two tenants on two storage nodes: what is in the samples against what proxies before the nodes' sockets counted.</summary>
public sealed class MeteringTests
{
    // The long run (scripts/bench.sh metering) spans real slots.
    private static readonly TimeSpan Duration =
        TimeSpan.FromMinutes(double.Parse(Environment.GetEnvironmentVariable("BACKUPONLINE_METERING_MINUTES") ?? "0", CultureInfo.InvariantCulture));

    // A minute until the node tells, and a loaded machine.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    // Read and not yet handed on by either side, when a slot ends: buffers of a connection, times the connections of a run.
    private const long InFlight = 8 << 20;

    [Fact]
    public async Task Samples_are_to_the_byte_what_crossed_the_sockets_and_a_killed_node_costs_at_most_its_last_minute()
    {
        await using var service = await Service.StartAsync("node1", "node2");
        var (acme, rival) = (await service.Door.MakeTenantAsync(node: "node1"), await service.Door.MakeTenantAsync(node: "node2"));
        await service.Door.PostAsync($"/tenants/{acme}/vaults", new { name = "second", node = "node2" });
        await using Tally first = new("node1", service.ShelfPort("node1")), second = new("node2", service.ShelfPort("node2")), third = new("node2", service.ShelfPort("node2"));
        (string Tenant, Tally Tally, Machine Machine)[] agents =
        [
            (acme, first, await MachineAsync(service, acme, "main", first)),
            (acme, second, await MachineAsync(service, acme, "second", second)),
            (rival, third, await MachineAsync(service, rival, "main", third)),
        ];

        // Whole rounds of push and restore, all three at once.
        var since = TimeProvider.System.GetTimestamp();
        var round = 0;
        do
        {
            await Task.WhenAll(agents.Select(agent => RoundAsync(agent.Machine, round)));
            round++;
        }
        while (TimeProvider.System.GetElapsedTime(since) < Duration);

        await Until.TrueAsync("the samples are what the proxies counted", Patience, async () => await DifferenceAsync(service, agents) is { Acme: (0, 0), Rival: (0, 0) }, service.Evidence);
        await ShouldBeInTheRightSlotsAsync(service, acme, [first, second]);
        await ShouldBeInTheRightSlotsAsync(service, rival, [third]);

        // node2 dies in the middle of two agents' work, and comes back.
        var work = Task.WhenAll(agents.Select(agent => RoundAsync(agent.Machine, round)));
        var before = second.Proxy.In;
        await Until.TrueAsync("the agents send to node2", TimeSpan.FromMinutes(1), () => second.Proxy.In > before + 1_000_000, service.Evidence);
        service.KillSilo("node2");

        // What node2 may not have told: its last minute. No other process listens there yet.
        var unsaidSince = TimeProvider.System.GetUtcNow() - TimeSpan.FromSeconds(60);
        await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System);
        var (acmeUnsaid, rivalUnsaid) = (second.Since(unsaidSince), third.Since(unsaidSince));
        service.StartSilo("node2");
        await work;
        await Until.TrueAsync("everything after the kill is told", Patience, async () =>
        {
            var missing = await DifferenceAsync(service, agents);
            return missing.Acme.In <= acmeUnsaid.In && missing.Acme.Out <= acmeUnsaid.Out && missing.Rival.In <= rivalUnsaid.In && missing.Rival.Out <= rivalUnsaid.Out;
        }, service.Evidence);
        await Task.Delay(TimeSpan.FromSeconds(65), TimeProvider.System);

        var lost = await DifferenceAsync(service, agents);
        Assert.InRange(lost.Acme.In, 0, acmeUnsaid.In);
        Assert.InRange(lost.Acme.Out, 0, acmeUnsaid.Out);
        Assert.InRange(lost.Rival.In, 0, rivalUnsaid.In);
        Assert.InRange(lost.Rival.Out, 0, rivalUnsaid.Out);
        Say($"| after kill -9 of a node | {lost.Acme.In} in, {lost.Acme.Out} out of one tenant and {lost.Rival.In} in, {lost.Rival.Out} out of the other missing, none too many | at most the node's last minute |");
    }

    private static async Task<Machine> MachineAsync(Service service, string tenant, string vault, Tally tally)
    {
        var machine = new Machine(Path.Combine(service.Folder, $"{tenant}-{vault}"))
        {
            Repository = tally.Through(await service.Door.MakeRepositoryAsync(tenant, vault)),
        };
        (await machine.AgentAsync("init", "--yes")).ShouldEndWith(0);
        return machine;
    }

    private static async Task RoundAsync(Machine machine, int round)
    {
        Directory.CreateDirectory(machine.Source);
        await Shell.RunAsync($"head -c 15000000 /dev/urandom > big.bin; printf {round} > round.txt", machine.Source);
        (await machine.AgentAsync("backup", machine.Source)).ShouldEndWith(0);
        (await machine.AgentAsync("restore", "latest", "--target", $"restored-{round}")).ShouldEndWith(0);
        Directory.Delete(Path.Combine(machine.Folder, $"restored-{round}"), recursive: true);
    }

    /// <summary>What the proxies counted and the samples do not hold. Below zero would be too much on the bill.</summary>
    private static async Task<((long In, long Out) Acme, (long In, long Out) Rival)> DifferenceAsync(Service service, (string Tenant, Tally Tally, Machine Machine)[] agents)
    {
        var differences = new List<(long, long)>();
        foreach (var tenant in agents.GroupBy(agent => agent.Tenant))
        {
            var told = await SamplesAsync(service, tenant.Key);
            var (inBytes, outBytes) = (tenant.Sum(agent => agent.Tally.Proxy.In), tenant.Sum(agent => agent.Tally.Proxy.Out));
            differences.Add((inBytes - told.Values.Sum(slot => slot.In), outBytes - told.Values.Sum(slot => slot.Out)));
        }

        return (differences[0], differences[1]);
    }

    private static async Task ShouldBeInTheRightSlotsAsync(Service service, string tenant, Tally[] tallies)
    {
        var told = await SamplesAsync(service, tenant);
        var slots = tallies.SelectMany(tally => tally.Slots).Union(told.Keys).Order().ToList();
        foreach (var slot in slots)
        {
            var seen = tallies.Select(tally => tally.Slot(slot)).Aggregate((In: 0L, Out: 0L), (sum, next) => (sum.In + next.In, sum.Out + next.Out));
            var (inBytes, outBytes) = told.GetValueOrDefault(slot);
            Say($"| slot {slot} of {tenant} | {inBytes} in, {outBytes} out; the proxies saw {seen.In} and {seen.Out} | bytes in flight at an edge |");
            Assert.InRange(inBytes - seen.In, -InFlight, InFlight);
            Assert.InRange(outBytes - seen.Out, -InFlight, InFlight);
        }
    }

    private static async Task<Dictionary<long, (long In, long Out)>> SamplesAsync(Service service, string tenant)
    {
        await using var database = NpgsqlDataSource.Create((await File.ReadAllTextAsync(Path.Combine(service.Data, "run", "database"))).Trim());
        await using var command = database.CreateCommand("select slot, sum(bytes_in)::bigint, sum(bytes_out)::bigint from traffic_sample where tenant = $1 group by slot");
        command.Parameters.AddWithValue(tenant);
        await using var rows = await command.ExecuteReaderAsync();
        var slots = new Dictionary<long, (long, long)>();
        while (await rows.ReadAsync())
        {
            slots[rows.GetInt32(0)] = (rows.GetInt64(1), rows.GetInt64(2));
        }

        return slots;
    }

    private static void Say(FormattableString line)
    {
        if (Environment.GetEnvironmentVariable("BACKUPONLINE_BENCH_OUT") is { Length: > 0 } path)
        {
            File.AppendAllText(path, line.ToString(CultureInfo.InvariantCulture) + "\n");
        }
    }
}
