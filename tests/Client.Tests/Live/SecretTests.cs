using System.Net;
using System.Text;
using Npgsql;

namespace BackupOnline.Client.Tests.Live;

public sealed class SecretTests(OneSilo one)
{
    private readonly LiveService service = one.Service;

    [Fact]
    public async Task Secrets_are_in_no_table_no_list_no_log_and_no_file()
    {
        var tenant = await service.NewTenantAsync();
        await service.NewVaultAsync(tenant);
        using var http = service.Operator();
        var key = (await http.PostAsync($"/api/v1/tenants/{tenant}/keys", new { role = "manager" }).BodyAsync(HttpStatusCode.Created)).Text("secret");
        var credential = (await http.PostAsync($"/api/v1/tenants/{tenant}/vaults/main/credentials", new { scope = "restore" }).BodyAsync(HttpStatusCode.Created)).Text("secret");
        var code = (await http.PostAsync($"/api/v1/tenants/{tenant}/hosts", new { name = "web01", vault = "main" }).BodyAsync(HttpStatusCode.Created)).Text("code");
        using var stranger = service.Visit(null);
        var enrolled = await stranger.PostAsync("/api/v1/enrolments", new { code, publicKey = Convert.ToBase64String(new byte[32]) }).BodyAsync(HttpStatusCode.Created);
        using var manager = service.Visit(key);
        var shown = new StringBuilder();
        foreach (var path in (string[])["", "/keys", "/vaults", "/vaults/main/credentials", "/hosts", "/hosts/web01", "/log"])
            shown.Append(await manager.GetStringAsync($"/api/v1/tenants/{tenant}{path}"));
        foreach (var path in (string[])["/api/v1/log?limit=200", "/openapi/v1.json", "/dashboard/DashboardCounters"])
            shown.Append(await http.GetStringAsync(path));

        string[] secrets = [key.Split('_')[3], credential, code.Split('_')[3], enrolled.Text("key").Split('_')[3], enrolled.GetProperty("credential").Text("secret")];
        var tables = await DumpAsync();
        var files = await FilesAsync();

        Assert.Contains(tenant, tables, StringComparison.Ordinal);
        Assert.Contains($"/api/v1/tenants/{tenant}", files, StringComparison.Ordinal);
        foreach (var secret in secrets)
        {
            foreach (var place in (string[])[tables, files, shown.ToString(), service.Output])
            {
                Assert.DoesNotContain(secret, place, StringComparison.OrdinalIgnoreCase);
                Assert.DoesNotContain(Convert.ToHexString(Encoding.UTF8.GetBytes(secret)), place, StringComparison.OrdinalIgnoreCase);
            }
        }
    }

    /// <summary>Every row of every table, as text; bytea shows as hexadecimal digits.</summary>
    private async Task<string> DumpAsync()
    {
        await using var database = NpgsqlDataSource.Create(await File.ReadAllTextAsync(Path.Combine(service.DataFolder, "run", "database-owner")));
        var tables = new List<string>();
        await using (var command = database.CreateCommand("select format('%I.%I', table_schema, table_name) from information_schema.tables where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')"))
        await using (var reader = await command.ExecuteReaderAsync())
        {
            while (await reader.ReadAsync())
                tables.Add(reader.GetString(0));
        }
        Assert.NotEmpty(tables);
        var dump = new StringBuilder();
        foreach (var table in tables)
        {
            await using var command = database.CreateCommand($"select t::text || ' ' || to_json(t)::text from {table} t");
            await using var reader = await command.ExecuteReaderAsync();
            while (await reader.ReadAsync())
                dump.AppendLine(reader.GetString(0));
        }
        return dump.ToString();
    }

    /// <summary>Logs and run folder; the operators' first key lies there by design, and is none of the secrets looked for.</summary>
    private async Task<string> FilesAsync()
    {
        var text = new StringBuilder();
        foreach (var folder in (string[])["logs", "run"])
        {
            foreach (var path in Directory.EnumerateFiles(Path.Combine(service.DataFolder, folder), "*", SearchOption.AllDirectories))
            {
                // Locked by their owners, and empty.
                if (path.EndsWith(".lock", StringComparison.Ordinal))
                    continue;
                await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
                using var reader = new StreamReader(file);
                text.Append(await reader.ReadToEndAsync());
            }
        }
        return text.ToString();
    }
}
