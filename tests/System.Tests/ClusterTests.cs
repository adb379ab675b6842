using System.Diagnostics;
using BackupOnline.SystemTests.Running;
using BackupOnline.SystemTests.Trees;

namespace BackupOnline.SystemTests;

/// <summary>Three silos and the door as processes; a silo dies.</summary>
public sealed class ClusterTests
{
    [Fact]
    public async Task A_dead_silo_without_the_vaults_shelf_costs_its_grains_five_seconds_and_the_running_backup_nothing()
    {
        await using var service = await Service.StartAsync("node1", "node2", "node3");
        var tenant = await service.Door.MakeTenantAsync(node: "node1");
        // Many tenants, so that the silo that dies holds grains that are asked for afterwards.
        var others = new List<string>();
        for (var i = 0; i < 12; i++)
        {
            others.Add(await service.Door.MakeTenantAsync(node: "node1"));
        }

        var machine = new Machine(Path.Combine(service.Folder, "machine"));
        await machine.EnrolAsync(service, tenant);
        await MakeDataAsync(machine.Source, megabytes: 300);
        await using var agent = machine.StartAgent("backup", machine.Source);
        await Until.TrueAsync("the backup has begun to send", TimeSpan.FromSeconds(30), () => PacksOf(service, tenant) > 0, service.Evidence);

        service.KillSilo("node3");
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(others.Select(async other =>
        {
            await service.Door.GetAsync($"/tenants/{other}");
            await service.Door.PostAsync($"/tenants/{other}/vaults/main/credentials", new { scope = "restore" });
        }));

        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(5), $"Calls to all grains worked again only after {watch.Elapsed}.");
        (await agent.WaitAsync(TimeSpan.FromMinutes(3))).ShouldEndWith(0);
        await ShouldHaveOneSucceededJobAsync(service, tenant);
    }

    [Fact]
    public async Task A_dead_silo_with_the_vaults_shelf_stops_the_backup_until_it_is_back_and_the_backup_ends_well_once()
    {
        await using var service = await Service.StartAsync("node1", "node2", "node3");
        var tenant = await service.Door.MakeTenantAsync(node: "node2");
        var machine = new Machine(Path.Combine(service.Folder, "machine"));
        await machine.EnrolAsync(service, tenant);
        await MakeDataAsync(machine.Source, megabytes: 300);
        await using var agent = machine.StartAgent("backup", machine.Source);
        await Until.TrueAsync("the backup has begun to send", TimeSpan.FromSeconds(30), () => PacksOf(service, tenant) > 0, service.Evidence);

        service.KillSilo("node2");
        await Task.Delay(TimeSpan.FromSeconds(5), TimeProvider.System);
        Assert.False(agent.HasEnded, $"The agent gave up: {agent.Said}");
        service.StartSilo("node2");

        (await agent.WaitAsync(TimeSpan.FromMinutes(3))).ShouldEndWith(0);
        await ShouldHaveOneSucceededJobAsync(service, tenant);
        (await machine.AgentAsync("check", "--read-data")).ShouldEndWith(0);
        (await machine.AgentAsync("restore", "latest", "--target", "restored")).ShouldEndWith(0);
        await TreeDescription.ShouldBeSameAsync(machine.Source, Path.Combine(machine.Folder, "restored" + machine.Source));
        Assert.Single(await SnapshotsAsync(machine));
    }

    private static async Task MakeDataAsync(string folder, int megabytes)
    {
        Directory.CreateDirectory(folder);
        await Shell.RunAsync($"head -c {megabytes}000000 /dev/urandom > big.bin; seq 1000 > numbers.txt", folder);
    }

    private static int PacksOf(Service service, string tenant) =>
        Directory.EnumerateDirectories(Path.Combine(service.Data, "nodes"))
            .Select(node => Path.Combine(node, "vaults", tenant, "main", "data"))
            .Where(Directory.Exists)
            .Sum(data => Directory.EnumerateFiles(data, "*", SearchOption.AllDirectories).Count());

    private static async Task ShouldHaveOneSucceededJobAsync(Service service, string tenant)
    {
        var jobs = (await service.Door.GetAsync($"/tenants/{tenant}/jobs"))["items"]!.AsArray();
        var backups = jobs.Where(job => (string?)job!["kind"] == "backup").ToList();

        var job = Assert.Single(backups);
        Assert.Equal("succeeded", (string?)job!["status"]);
    }

    private static async Task<IReadOnlyList<string>> SnapshotsAsync(Machine machine)
    {
        var listed = (await machine.AgentAsync("snapshots", "--json")).ShouldEndWith(0);
        return [.. System.Text.Json.Nodes.JsonNode.Parse(listed.Output)!.AsArray().Select(snapshot => (string)snapshot!["id"]!)];
    }
}
