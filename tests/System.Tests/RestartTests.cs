using System.Text.Json.Nodes;
using BackupOnline.SystemTests.Running;
using BackupOnline.SystemTests.Trees;
using Npgsql;

namespace BackupOnline.SystemTests;

/// <summary>Everything stopped and started again.</summary>
public sealed class RestartTests
{
    [Fact]
    public async Task Tenants_vaults_jobs_log_and_credentials_are_there_after_a_restart()
    {
        await using var service = await Service.StartAsync();
        var tenant = await service.Door.MakeTenantAsync();
        var machine = new Machine(Path.Combine(service.Folder, "machine"));
        await machine.EnrolAsync(service, tenant);
        await OddTree.MakeAsync(machine.Source);
        (await machine.AgentAsync("backup", machine.Source)).ShouldEndWith(0);
        // The customer's own key: an operator's reading would itself be a fact of the log.
        var key = (string)(await service.Door.PostAsync($"/tenants/{tenant}/keys", new { role = "manager" }))["secret"]!;
        var before = await PictureAsync(service, tenant, key);

        await service.StopAsync();
        Assert.False(PostgresRuns(service), "PostgreSQL still runs after the last member has left.");
        service.StartSilo();
        service.StartDoor();
        await service.ReadyAsync();

        Assert.Equal(before, await PictureAsync(service, tenant, key));
        (await machine.AgentAsync("backup", machine.Source)).ShouldEndWith(0);
        (await machine.AgentAsync("check", "--read-data")).ShouldEndWith(0);
    }

    [Theory]
    [InlineData("UPDATE {0} SET event = 'nothing.happened'")]
    [InlineData("DELETE FROM {0}")]
    [InlineData("TRUNCATE {0}")]
    public async Task The_log_may_not_be_changed_with_the_services_own_connection(string attempt)
    {
        await using var service = await Service.StartAsync();
        await service.Door.MakeTenantAsync();
        var connectionString = ReadConnectionString(service);
        await using var source = NpgsqlDataSource.Create(connectionString);
        await using var find = source.CreateCommand(
            "SELECT quote_ident(table_schema) || '.' || quote_ident(table_name) FROM information_schema.tables WHERE table_name = 'audit_entry'");
        var table = (string?)await find.ExecuteScalarAsync(TestContext.Current.CancellationToken);
        Assert.NotNull(table);
        await using var command = source.CreateCommand(string.Format(System.Globalization.CultureInfo.InvariantCulture, attempt, table));

        var refused = await Assert.ThrowsAsync<PostgresException>(() => command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken));

        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refused.SqlState);
    }

    private static string ReadConnectionString(Service service) =>
        File.ReadAllText(Path.Combine(service.Data, "run", "database")).Trim().Split('\n')[0];

    private static async Task<string> PictureAsync(Service service, string tenant, string key)
    {
        var parts = new List<string>();
        foreach (var path in new[] { "", "/acceptances", "/vaults", "/hosts", "/sets", "/jobs", "/log?limit=200" })
        {
            var (status, body) = await service.Door.AskAsync(HttpMethod.Get, $"/tenants/{tenant}{path}", bearer: key);
            Assert.True((int)status == 200, $"{path}: {status}: {body}");
            parts.Add(path == "/vaults" ? WithoutUsage(body!) : body!.ToJsonString());
        }

        return string.Join('\n', parts);
    }

    /// <summary>How much a vault holds is told some seconds later, and again at every start: it is not what was to be kept.</summary>
    private static string WithoutUsage(JsonNode vaults)
    {
        foreach (var vault in vaults["items"]!.AsArray().Select(item => item!.AsObject()))
        {
            foreach (var member in new[] { "storedBytes", "storedObjects", "usageAt", "version" })
            {
                Assert.True(vault.Remove(member), $"A vault shows no {member}.");
            }
        }

        return vaults.ToJsonString();
    }

    private static bool PostgresRuns(Service service) =>
        Directory.EnumerateDirectories("/proc")
            .Where(folder => int.TryParse(Path.GetFileName(folder), out _))
            .Any(folder => CommandLine(folder).Contains(service.Data, StringComparison.Ordinal) && CommandLine(folder).Contains("postgres", StringComparison.Ordinal));

    private static string CommandLine(string folder)
    {
        try
        {
            return File.ReadAllText(Path.Combine(folder, "cmdline"));
        }
        catch (IOException)
        {
            return "";
        }
    }
}
