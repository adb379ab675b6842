using System.Diagnostics;
using BackupOnline.SystemTests.Running;
using BackupOnline.SystemTests.Trees;

namespace BackupOnline.SystemTests;

/// <summary>PostgreSQL goes away and comes back: bytes go on flowing, and what waited is told afterwards.</summary>
public sealed class DatabaseOutageTests
{
    private static readonly TimeSpan Outage = TimeSpan.FromSeconds(
        double.Parse(Environment.GetEnvironmentVariable("BACKUPONLINE_OUTAGE") ?? "60", System.Globalization.CultureInfo.InvariantCulture));

    [Fact]
    public async Task A_backup_during_a_minute_without_PostgreSQL_is_whole_and_is_known_afterwards()
    {
        await using var service = await Service.StartAsync();
        var tenant = await service.Door.MakeTenantAsync();
        var machine = new Machine(Path.Combine(service.Folder, "machine"));
        await machine.EnrolAsync(service, tenant);
        await service.Door.PostAsync($"/tenants/{tenant}/sets", new { name = "documents", vault = "main", host = "office", expectedEvery = "1.00:00:00" });
        Directory.CreateDirectory(machine.Source);
        await Shell.RunAsync("head -c 20000000 /dev/urandom > data.bin", machine.Source);
        (await machine.AgentAsync("backup", machine.Source)).ShouldEndWith(0);

        var frozen = PostgresOf(service);
        Assert.NotEmpty(frozen);
        Signal("STOP", frozen);
        var watch = Stopwatch.StartNew();
        try
        {
            await Shell.RunAsync("head -c 20000000 /dev/urandom > more.bin", machine.Source);
            (await machine.AgentAsync("backup", machine.Source)).ShouldEndWith(0).ShouldBeFitForAUser(Machine.Password);
            var (status, problem) = await service.Door.AskAsync(HttpMethod.Post, "/tenants", new { name = "during-outage", displayName = "x" });
            Assert.Equal(503, (int)status);
            Assert.NotNull((string?)problem!["code"]);
            while (watch.Elapsed < Outage)
            {
                await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System);
            }
        }
        finally
        {
            Signal("CONT", frozen);
        }

        await Until.TrueAsync("the set knows of the snapshot that came during the outage", TimeSpan.FromSeconds(90),
            async () =>
            {
                var (status, vault) = await service.Door.AskAsync(HttpMethod.Get, $"/tenants/{tenant}/vaults/main");
                return (int)status == 200 && (long)vault!["snapshotsArrived"]! == 2;
            }, service.Evidence);
        Assert.False(service.Silo().HasEnded, "The silo did not survive the outage.");
        (await machine.AgentAsync("check", "--read-data")).ShouldEndWith(0);
    }

    [Fact]
    public async Task A_postmaster_killed_under_a_running_silo_comes_back_by_itself()
    {
        await using var service = await Service.StartAsync();
        var tenant = await service.Door.MakeTenantAsync();

        Signal("KILL", PostgresOf(service));

        await Until.TrueAsync("the door answers again", TimeSpan.FromSeconds(60),
            async () => (int)(await service.Door.AskAsync(HttpMethod.Get, $"/tenants/{tenant}")).Status == 200, service.Evidence);
        await service.Door.PostAsync($"/tenants/{tenant}/vaults", new { name = "second" });
    }

    /// <summary>The postmaster of this service's own database, and its children.</summary>
    private static IReadOnlyList<int> PostgresOf(Service service)
    {
        var all = Directory.EnumerateDirectories("/proc").Select(Path.GetFileName).Select(name => int.TryParse(name, out var id) ? id : 0).Where(id => id > 0).ToList();
        var masters = all.Where(id => Read(id, "cmdline") is var line && line.Contains("postgres", StringComparison.Ordinal) && IsOurs(line, service)).ToList();
        return [.. masters, .. all.Where(id => masters.Contains(ParentOf(id)))];
    }

    // The cluster lies in the data folder, or in the state directory under a hash of it; run/database-folder style files are not relied on: the port is.
    private static bool IsOurs(string commandLine, Service service)
    {
        if (commandLine.Contains(service.Data, StringComparison.Ordinal))
        {
            return true;
        }

        var port = new Npgsql.NpgsqlConnectionStringBuilder(File.ReadAllText(Path.Combine(service.Data, "run", "database")).Trim().Split('\n')[0]).Port;
        return commandLine.Contains($"{port}", StringComparison.Ordinal);
    }

    private static int ParentOf(int id)
    {
        var line = Read(id, "stat");
        var fields = line[(line.LastIndexOf(')') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return fields.Length > 1 && int.TryParse(fields[1], out var parent) ? parent : 0;
    }

    private static string Read(int id, string file)
    {
        try
        {
            return File.ReadAllText($"/proc/{id}/{file}");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    private static void Signal(string name, IEnumerable<int> ids)
    {
        using var kill = Process.Start("kill", [$"-{name}", .. ids.Select(id => $"{id}")]);
        kill.WaitForExit();
    }
}
