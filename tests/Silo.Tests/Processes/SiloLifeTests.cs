using System.Diagnostics;
using BackupOnline.Persistence.Connections;

namespace BackupOnline.Silo.Tests.Processes;

/// <summary>A silo's life as a process: start, company, sudden death, end.</summary>
public sealed class SiloLifeTests : IDisposable
{
    private readonly SiloTestFolder _folder = new();

    [Fact]
    public async Task A_silo_starts_says_where_it_is_and_leaves_nothing_running()
    {
        await using var silo = SiloProcess.Start(_folder.Data);
        await silo.ReadyAsync();
        await silo.UntilAsync("it has said that it started", () => Task.FromResult(silo.Said.Contains("SiloStarted", StringComparison.Ordinal)));

        var line = silo.Said.Split('\n').Single(l => l.Contains("SiloStarted", StringComparison.Ordinal));
        Assert.Contains("node1", line, StringComparison.Ordinal);
        Assert.Contains(silo.Shelf, line, StringComparison.Ordinal);
        Assert.Contains(_folder.Data, line, StringComparison.Ordinal);
        Assert.Contains("private PostgreSQL", line, StringComparison.Ordinal);
        Assert.Single(_folder.Servers());
        using (var http = new HttpClient())
        {
            using var refused = await http.GetAsync(new Uri($"http://{silo.Shelf}/acme/main/data/"));
            using var hidden = await http.GetAsync(new Uri($"http://{silo.Shelf}/metrics"));
            Assert.Equal((System.Net.HttpStatusCode.Unauthorized, System.Net.HttpStatusCode.NotFound), (refused.StatusCode, hidden.StatusCode));
            var metrics = await http.GetStringAsync(new Uri((await File.ReadAllTextAsync(_folder.Run("node1.metrics"))).Trim()));
            Assert.Contains("backuponline_node_up{node=\"node1\"} 1", metrics, StringComparison.Ordinal);
            Assert.Contains("backuponline_shelf_requests_total{method=\"GET\",type=\"data\",status=\"401\"} 1", metrics, StringComparison.Ordinal);
            Assert.Contains("backuponline_disk_free_bytes ", metrics, StringComparison.Ordinal);
        }

        Assert.Equal(0, await silo.StopAsync());
        Assert.Empty(_folder.Servers());
        Assert.DoesNotContain(" ERR ", silo.Said, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", silo.Said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_first_operators_key_is_made_once_for_its_owner_only_and_its_secret_is_in_no_log()
    {
        await using var one = SiloProcess.Start(_folder.Data, ("BACKUPONLINE_NODE", "node1"));
        await using var two = SiloProcess.Start(_folder.Data, ("BACKUPONLINE_NODE", "node2"));
        await Task.WhenAll(one.ReadyAsync(), two.ReadyAsync());
        await one.UntilAsync("the key is registered", async () => await RegisteredKeysAsync() > 0);

        var key = (await File.ReadAllTextAsync(_folder.Run("operator-key"))).Trim();
        Assert.StartsWith("bo_provider_k", key, StringComparison.Ordinal);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_folder.Run("operator-key")));
        Assert.Equal((0, 0), (await one.StopAsync(), await two.StopAsync()));
        Assert.DoesNotContain(key.Split('_')[^1], one.Said + two.Said + AllLogs(), StringComparison.Ordinal);

        await using var again = SiloProcess.Start(_folder.Data);
        await again.ReadyAsync();
        await again.UntilAsync("the ring can be read", async () => await RegisteredKeysAsync() > 0);
        Assert.Equal(key, (await File.ReadAllTextAsync(_folder.Run("operator-key"))).Trim());
        Assert.Equal(1, await RegisteredKeysAsync());
    }

    [Fact]
    public async Task Two_silos_that_start_at_once_share_one_database_and_the_last_one_stops_it()
    {
        await using var one = SiloProcess.Start(_folder.Data, ("BACKUPONLINE_NODE", "node1"));
        await using var two = SiloProcess.Start(_folder.Data, ("BACKUPONLINE_NODE", "node2"));
        await Task.WhenAll(one.ReadyAsync(), two.ReadyAsync());

        Assert.Single(_folder.Servers());
        Assert.Equal(2L, await ScalarAsync("select count(*) from cluster_member where status = 3"));
        Assert.Equal(0, await one.StopAsync());
        Assert.Single(_folder.Servers());
        Assert.Equal(0, await two.StopAsync());
        Assert.Empty(_folder.Servers());
    }

    [Fact]
    public async Task A_killed_silo_leaves_its_database_to_the_next_one_which_takes_its_ports()
    {
        await using var killed = SiloProcess.Start(_folder.Data);
        await killed.ReadyAsync();
        var ports = await File.ReadAllTextAsync(_folder.Run("node1.ports"));
        killed.Kill();
        var server = Assert.Single(_folder.Servers());

        await using var next = SiloProcess.Start(_folder.Data, ("BACKUPONLINE_STORAGE", killed.Shelf));
        await next.ReadyAsync();

        Assert.Equal(server, Assert.Single(_folder.Servers()));
        Assert.Equal(ports, await File.ReadAllTextAsync(_folder.Run("node1.ports")));
        Assert.Equal(0, await next.StopAsync());
        Assert.Empty(_folder.Servers());
    }

    [Fact]
    public async Task A_silo_that_is_told_to_stop_while_it_starts_leaves_nothing_running()
    {
        await using var silo = SiloProcess.Start(_folder.Data);
        await silo.UntilAsync("PostgreSQL runs", () => Task.FromResult(_folder.Servers().Length > 0));

        Assert.Equal(0, await silo.StopAsync());
        Assert.Empty(_folder.Servers());
    }

    [Fact]
    public async Task A_database_server_that_is_killed_comes_back_under_the_running_silo()
    {
        await using var silo = SiloProcess.Start(_folder.Data);
        await silo.ReadyAsync();
        var killed = Assert.Single(_folder.Servers());
        using (var server = Process.GetProcessById(killed))
            server.Kill();

        await silo.UntilAsync("another server runs", () => Task.FromResult(_folder.Servers() is [var pid] && pid != killed));
        await silo.UntilAsync("it answers", async () =>
        {
            try
            {
                return await ScalarAsync("select count(*) from cluster_member where status = 3") is 1L;
            }
            catch (Npgsql.NpgsqlException)
            {
                return false;
            }
        });
        await silo.ReadyAsync();
        Assert.Equal(0, await silo.StopAsync());
    }

    public void Dispose()
    {
        foreach (var pid in _folder.Servers())
        {
            using var server = Process.GetProcessById(pid);
            server.Kill();
            server.WaitForExit();
        }

        _folder.Dispose();
    }

    private async Task<long> RegisteredKeysAsync() =>
        (long)(await ScalarAsync("select count(*) from outbox where scope = 'provider' and event = 'key.issued'"))!
        + (long)(await ScalarAsync("select count(*) from audit_entry where scope = 'provider' and event = 'key.issued'"))!;

    private string AllLogs() => string.Concat(Directory.GetFiles(Path.Combine(_folder.Data, "logs")).Select(File.ReadAllText));

    private async Task<object?> ScalarAsync(string sql)
    {
        await using var source = Databases.CreateDataSource((await File.ReadAllTextAsync(_folder.Run("database"))).Trim());
        await using var command = source.CreateCommand(sql);
        return await command.ExecuteScalarAsync();
    }
}
