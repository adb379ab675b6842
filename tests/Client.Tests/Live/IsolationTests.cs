using System.Net;
using System.Text.Json.Nodes;
using BackupOnline.Client.Access;
using BackupOnline.Grains.Interfaces.Access;

namespace BackupOnline.Client.Tests.Live;

public sealed class IsolationTests(OneSilo one)
{
    private readonly LiveService service = one.Service;

    public static TheoryData<string> TenantPaths =>
        ["", "/acceptances", "/vaults", "/vaults/main", "/sets", "/sets/documents", "/hosts", "/hosts/web01", "/jobs", "/jobs/j01a206eae761710584b22cb8caa7abbc", "/log", "/log/checkpoint", "/keys", "/vaults/main/credentials"];

    [Theory]
    [MemberData(nameof(TenantPaths))]
    public async Task A_foreign_tenant_answers_exactly_as_an_unknown_one(string path)
    {
        var (mine, foreign) = (await service.NewTenantAsync(), await service.NewTenantAsync());
        await service.NewVaultAsync(foreign);
        using var http = service.Visit(await service.NewKeyAsync(mine, "manager"));

        var toForeign = await http.GetAsync($"/api/v1/tenants/{foreign}{path}");
        var toUnknown = await http.GetAsync($"/api/v1/tenants/nobody-here{path}");
        var toMalformed = await http.GetAsync($"/api/v1/tenants/NOBODY{path}");

        await toForeign.IsProblemAsync(HttpStatusCode.NotFound, "tenant-not-found");
        Assert.Equal(await BodyWithoutTraceAsync(toUnknown), await BodyWithoutTraceAsync(toForeign));
        Assert.Equal(await BodyWithoutTraceAsync(toUnknown), await BodyWithoutTraceAsync(toMalformed));
        Assert.Equal(Names(toUnknown), Names(toForeign));
    }

    [Fact]
    public async Task A_foreign_tenant_cannot_be_written_to()
    {
        var (mine, foreign) = (await service.NewTenantAsync(), await service.NewTenantAsync());
        await service.NewVaultAsync(foreign);
        using var http = service.Visit(await service.NewKeyAsync(mine, "manager"));

        await http.PostAsync($"/api/v1/tenants/{foreign}/vaults", new { name = "mine" }).IsProblemAsync(HttpStatusCode.NotFound, "tenant-not-found");
        await http.PostAsync($"/api/v1/tenants/{foreign}/keys", new { role = "manager" }).IsProblemAsync(HttpStatusCode.NotFound, "tenant-not-found");
        await http.PostAsync($"/api/v1/tenants/{foreign}/vaults/main/credentials", new { scope = "restore" }).IsProblemAsync(HttpStatusCode.NotFound, "tenant-not-found");
    }

    [Fact]
    public async Task A_tenants_key_sees_itself_alone_and_nothing_of_the_provider()
    {
        var tenant = await service.NewTenantAsync();
        using var http = service.Visit(await service.NewKeyAsync(tenant, "manager"));

        var page = await http.GetAsync("/api/v1/tenants").BodyAsync();
        Assert.Equal(tenant, Assert.Single(page.GetProperty("items").EnumerateArray()).Text("name"));
        foreach (var path in (string[])["/api/v1/nodes", "/api/v1/nodes/node1", "/api/v1/log", "/api/v1/log/checkpoint", "/dashboard/"])
            await http.GetAsync(path).IsProblemAsync(HttpStatusCode.Forbidden, "forbidden");
        await http.PostAsync("/api/v1/tenants", new { name = "another", displayName = "A" }).IsProblemAsync(HttpStatusCode.Forbidden, "forbidden");
        await http.PostAsync($"/api/v1/tenants/{tenant}/suspension", new { suspended = false, reason = "please" }).IsProblemAsync(HttpStatusCode.Forbidden, "forbidden");
        await http.PostAsync($"/api/v1/tenants/{tenant}/keys", new { role = "operator" }).IsProblemAsync(HttpStatusCode.BadRequest, "request-invalid");
        await http.PostAsync($"/api/v1/tenants/{tenant}/vaults", new { name = "main", node = "node1" }).IsProblemAsync(HttpStatusCode.Forbidden, "node-for-operators");
    }

    [Fact]
    public async Task A_reader_reads_and_changes_nothing()
    {
        var tenant = await service.NewTenantAsync();
        await service.NewVaultAsync(tenant);
        using var http = service.Visit(await service.NewKeyAsync(tenant, "reader"));

        foreach (var path in (string[])["", "/vaults", "/vaults/main", "/sets", "/hosts", "/jobs", "/log", "/acceptances"])
            await http.GetAsync($"/api/v1/tenants/{tenant}{path}").BodyAsync();
        await http.PostAsync($"/api/v1/tenants/{tenant}/vaults", new { name = "other" }).IsProblemAsync(HttpStatusCode.Forbidden, "forbidden");
        await http.PostAsync($"/api/v1/tenants/{tenant}/keys", new { role = "reader" }).IsProblemAsync(HttpStatusCode.Forbidden, "forbidden");
        await http.GetAsync($"/api/v1/tenants/{tenant}/keys").IsProblemAsync(HttpStatusCode.Forbidden, "forbidden");
    }

    [Fact]
    public async Task Missing_malformed_wrong_and_revoked_keys_get_the_same_answer()
    {
        var tenant = await service.NewTenantAsync();
        var key = await service.NewKeyAsync(tenant, "reader");
        using var http = service.Visit(key, "127.0.1.1");
        await http.GetAsync($"/api/v1/tenants/{tenant}").BodyAsync();
        using (var manager = service.Operator())
            await manager.DeleteAsync($"/api/v1/tenants/{tenant}/keys/{key.Split('_')[2]}").BodyAsync();

        var answers = new List<string>();
        foreach (var candidate in (string?[])[null, "bo_rubbish", key, SecretText.FormatAccessKey(tenant, key.Split('_')[2], SecretText.NewSecret()), SecretText.FormatAccessKey("nobody", SecretText.NewId('k'), SecretText.NewSecret())])
        {
            using var visitor = service.Visit(candidate, "127.0.1.1");
            var answer = await visitor.GetAsync($"/api/v1/tenants/{tenant}");
            await answer.IsProblemAsync(HttpStatusCode.Unauthorized, "unauthenticated");
            answers.Add(await BodyWithoutTraceAsync(answer));
        }
        Assert.Single(answers.Distinct());
    }

    [Fact]
    public async Task Wrong_keys_slow_their_address_only_and_good_keys_in_use_pass()
    {
        var tenant = await service.NewTenantAsync();
        var key = await service.NewKeyAsync(tenant, "reader");
        using var good = service.Visit(key, "127.0.2.1");
        await good.GetAsync($"/api/v1/tenants/{tenant}").BodyAsync();

        using var wrong = service.Visit(SecretText.FormatAccessKey(tenant, SecretText.NewId('k'), SecretText.NewSecret()), "127.0.2.1");
        HttpResponseMessage? last = null;
        for (var attempt = 0; attempt < 15 && last?.StatusCode != HttpStatusCode.TooManyRequests; attempt++)
            last = await wrong.GetAsync($"/api/v1/tenants/{tenant}");

        await last!.IsProblemAsync(HttpStatusCode.TooManyRequests, "too-many-wrong-keys");
        Assert.True(last!.Headers.RetryAfter?.Delta > TimeSpan.Zero);
        await good.GetAsync($"/api/v1/tenants/{tenant}").BodyAsync();
        using var elsewhere = service.Visit(key, "127.0.2.2");
        await elsewhere.GetAsync($"/api/v1/tenants/{tenant}").BodyAsync();

        using var http = service.Operator();
        var log = await http.GetAsync("/api/v1/log?limit=200").BodyAsync();
        Assert.Contains(log.GetProperty("items").EnumerateArray(), entry => entry.Text("event") == "key.throttled" && entry.Text("address") == "127.0.2.1");
    }

    [Fact]
    public async Task Of_many_wrong_keys_at_once_no_more_are_judged_than_one_after_another()
    {
        var tenant = await service.NewTenantAsync();
        using var wrong = service.Visit(SecretText.FormatAccessKey(tenant, SecretText.NewId('k'), SecretText.NewSecret()), "127.0.2.3");

        var answers = await Task.WhenAll(Enumerable.Range(0, 150).Select(_ => wrong.GetAsync($"/api/v1/tenants/{tenant}")));

        // One more for every six seconds that the machine took.
        Assert.InRange(answers.Count(answer => answer.StatusCode == HttpStatusCode.Unauthorized), 10, 20);
        Assert.All(answers, answer => Assert.True(answer.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.TooManyRequests, $"{answer.StatusCode}"));
    }

    [Fact]
    public async Task Good_keys_that_come_all_at_once_and_for_the_first_time_are_all_let_in()
    {
        var tenant = await service.NewTenantAsync();
        using var good = service.Visit(await service.NewKeyAsync(tenant, "reader"), "127.0.2.4");

        var answers = await Task.WhenAll(Enumerable.Range(0, 60).Select(_ => good.GetAsync($"/api/v1/tenants/{tenant}")));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
    }

    [Fact]
    public async Task A_wrong_key_of_a_tenant_that_exists_takes_as_long_as_one_of_nobody()
    {
        foreach (var (scope, address) in new[] { (await service.NewTenantAsync(), "127.0.2.5"), ("never-heard-of", "127.0.2.6") })
        {
            using var wrong = service.Visit(SecretText.FormatAccessKey(scope, SecretText.NewId('k'), SecretText.NewSecret()), address);
            for (var round = 0; round < 3; round++)
            {
                var since = TimeProvider.System.GetTimestamp();
                using var answer = await wrong.GetAsync($"/api/v1/tenants/{scope}");
                Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);

                // What is above the floor is the machine's, and told by no test: the pace has its own.
                Assert.True(TimeProvider.System.GetElapsedTime(since) >= RefusalPace.Step);
            }
        }
    }

    [Fact]
    public async Task The_dashboard_opens_for_operators_alone()
    {
        var tenant = await service.NewTenantAsync();
        using var stranger = service.Visit(null);
        using var manager = service.Visit(await service.NewKeyAsync(tenant, "manager"));
        using var http = service.Operator();
        using var browser = service.Visit(null);
        browser.DefaultRequestHeaders.Authorization = new("Basic", Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes($"anybody:{service.OperatorKey}")));

        foreach (var path in (string[])["/dashboard/", "/dashboard/DashboardCounters", "/dashboard/Trace", "/dashboard/index.min.js"])
        {
            await stranger.GetAsync(path).IsProblemAsync(HttpStatusCode.Unauthorized, "unauthenticated");
            await manager.GetAsync(path).IsProblemAsync(HttpStatusCode.Forbidden, "forbidden");
        }
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync("/dashboard/")).StatusCode);
        Assert.Contains("Dashboard", await browser.GetStringAsync("/dashboard/"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/dashboard/DashboardCounters")).StatusCode);

        // The trace would show whatever is logged.
        Assert.NotEqual(HttpStatusCode.OK, (await browser.GetAsync("/dashboard/Trace")).StatusCode);

        // The password form is for people at the Dashboard; programs send Bearer.
        await browser.GetAsync("/api/v1/tenants").IsProblemAsync(HttpStatusCode.Unauthorized, "unauthenticated");
    }

    private static async Task<string> BodyWithoutTraceAsync(HttpResponseMessage answer)
    {
        var body = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!.AsObject();
        body.Remove("traceId");
        return body.ToJsonString();
    }

    private static IEnumerable<string> Names(HttpResponseMessage answer) => answer.Headers.Select(header => header.Key).Order(StringComparer.Ordinal);
}
