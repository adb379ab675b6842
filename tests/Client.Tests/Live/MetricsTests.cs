using System.Diagnostics;
using System.Net;
using System.Text.RegularExpressions;

namespace BackupOnline.Client.Tests.Live;

/// <summary><c>/metrics</c> of a door with a silo behind it.</summary>
public sealed partial class MetricsTests(OneSilo one)
{
    private readonly LiveService service = one.Service;

    [Fact]
    public async Task Metrics_are_for_operators_alone()
    {
        var tenant = await service.NewTenantAsync();
        using var stranger = service.Visit(null);
        using var manager = service.Visit(await service.NewKeyAsync(tenant, "manager"));
        using var basic = service.Visit(null);
        basic.DefaultRequestHeaders.Authorization = new("Basic", Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes($"prometheus:{service.OperatorKey}")));

        await stranger.GetAsync("/metrics").IsProblemAsync(HttpStatusCode.Unauthorized, "unauthenticated");
        await manager.GetAsync("/metrics").IsProblemAsync(HttpStatusCode.Forbidden, "forbidden");
        Assert.Equal(HttpStatusCode.OK, (await basic.GetAsync("/metrics")).StatusCode);
    }

    [Fact]
    public async Task Metrics_tell_of_vaults_nodes_and_requests_in_the_form_of_Prometheus()
    {
        var tenant = await service.NewTenantAsync();
        using var http = service.Operator();
        await http.PostAsync($"/api/v1/tenants/{tenant}/vaults", new { name = "main", quotaBytes = 123_456_789 }).BodyAsync(HttpStatusCode.Created);
        using var wrong = service.Visit("not a key", "127.0.2.7");
        await wrong.GetAsync($"/api/v1/tenants/{tenant}").IsProblemAsync(HttpStatusCode.Unauthorized, "unauthenticated");

        using var answer = await http.GetAsync("/metrics");
        var text = await answer.Content.ReadAsStringAsync();

        Assert.Equal("text/plain", answer.Content.Headers.ContentType!.MediaType);
        foreach (var sample in (string[])
            [
                "backuponline_build_info{component=\"door\",version=",
                "backuponline_database_up 1",
                $"backuponline_vault_quota_bytes{{tenant=\"{tenant}\",vault=\"main\",node=\"node1\"}} 123456789",
                $"backuponline_vault_stored_bytes{{tenant=\"{tenant}\",vault=\"main\",node=\"node1\"}} 0",
                "backuponline_node_up{node=\"node1\"} 1",
                "backuponline_http_requests_total{method=\"POST\",route=\"/api/v1/tenants/{tenant}/vaults",
                "backuponline_auth_failures_total{outcome=\"wrong\"}",
                "backuponline_http_request_duration_seconds_count",
            ])
        {
            Assert.Contains(sample, text, StringComparison.Ordinal);
        }

        // No backup has arrived: an absent sample, not a time in 1970.
        Assert.DoesNotContain($"backuponline_backup_last_success_timestamp_seconds{{tenant=\"{tenant}\"", text, StringComparison.Ordinal);
        Assert.All(text.Split('\n', StringSplitOptions.RemoveEmptyEntries), line => Assert.Matches(Line(), line));
        var types = text.Split('\n').Where(line => line.StartsWith("# TYPE ", StringComparison.Ordinal)).Select(line => line.Split(' ')[2]).ToList();
        Assert.Equal(types.Distinct().Count(), types.Count);
    }

    [Fact]
    public async Task Promtool_finds_nothing_to_say()
    {
        using var http = service.Operator();
        var text = await http.GetStringAsync("/metrics");
        var start = new ProcessStartInfo("promtool", ["check", "metrics"]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        Process? promtool = null;
        try
        {
            promtool = Process.Start(start);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip("promtool is not installed (package prometheus): it judges the metrics.");
        }

        using (promtool)
        {
            var said = Task.WhenAll(promtool!.StandardOutput.ReadToEndAsync(), promtool.StandardError.ReadToEndAsync());
            await promtool.StandardInput.WriteAsync(text);
            promtool.StandardInput.Close();
            await promtool.WaitForExitAsync();
            var ours = string.Join('\n', await said).Split('\n').Where(line => line.Contains("backuponline_", StringComparison.Ordinal));
            Assert.Empty(ours);

            // 3: advice on names, here those of the library's own about the process; 1 would be a page that cannot be read.
            Assert.True(promtool.ExitCode is 0 or 3, string.Join('\n', await said));
        }
    }

    [GeneratedRegex("""^(# (HELP|TYPE) [a-z_]+ .+|[a-z_]+(\{([a-z_]+="[^"]*",?)*\})? [0-9.eE+-]+|[a-z_]+_bucket\{.*le="\+Inf"\} [0-9]+)$""")]
    private static partial Regex Line();
}
