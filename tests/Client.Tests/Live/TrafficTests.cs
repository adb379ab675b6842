using System.Net;
using System.Text.Json;

namespace BackupOnline.Client.Tests.Live;

public sealed class TrafficTests(OneSilo one)
{
    private readonly LiveService service = one.Service;

    [Fact]
    public async Task A_month_its_samples_its_statement_and_its_picture_are_read()
    {
        var tenant = await service.NewTenantAsync();
        using var http = service.Visit(await service.NewKeyAsync(tenant, "reader"));

        var month = await http.GetAsync($"/api/v1/tenants/{tenant}/traffic/current").BodyAsync();
        Assert.Equal((tenant, "free", "first-month"), (month.Text("tenant"), month.GetProperty("burst").Text("standing"), month.GetProperty("burst").Text("reason")));
        Assert.Equal(month.GetProperty("samples").GetInt32() / 20, month.GetProperty("creditsLeft").GetInt32());
        var name = month.Text("month");
        Assert.Equal(name, (await http.GetAsync($"/api/v1/tenants/{tenant}/traffic/{name}").BodyAsync()).Text("month"));

        Assert.Equal(0, (await http.GetAsync($"/api/v1/tenants/{tenant}/traffic/{name}/samples").BodyAsync()).GetProperty("items").GetArrayLength());
        var csv = await http.GetAsync($"/api/v1/tenants/{tenant}/traffic/{name}/samples?format=csv");
        Assert.Equal("text/csv", csv.Content.Headers.ContentType?.MediaType);
        Assert.Equal("slot,start_utc,node,boot,in_bytes,out_bytes\n", await csv.Content.ReadAsStringAsync());
        Assert.Equal("", await http.GetStringAsync($"/api/v1/tenants/{tenant}/traffic/{name}/samples?format=jsonl"));

        var statement = await http.GetAsync($"/api/v1/tenants/{tenant}/traffic/{name}/statement").BodyAsync();
        Assert.Contains(statement.GetProperty("rule").EnumerateArray(), text => text.Text("fr").Contains("95e centile", StringComparison.Ordinal));
        Assert.StartsWith("<svg", await http.GetStringAsync($"/api/v1/tenants/{tenant}/traffic/{name}/curve.svg"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Months_that_cannot_be_and_odd_questions_are_refused()
    {
        var tenant = await service.NewTenantAsync();
        using var http = service.Visit(await service.NewKeyAsync(tenant, "reader"));
        Task<JsonElement> Refuse(string path, HttpStatusCode status, string code) => http.GetAsync($"/api/v1/tenants/{tenant}/traffic/{path}").IsProblemAsync(status, code);

        await Refuse("2026-13", HttpStatusCode.BadRequest, "month-invalid");
        await Refuse("2199-12", HttpStatusCode.NotFound, "month-not-begun");
        await Refuse("2000-01", HttpStatusCode.NotFound, "month-before-tenant");
        await Refuse("current/samples?format=xml", HttpStatusCode.BadRequest, "request-invalid");
        await Refuse("current/samples?after=nonsense", HttpStatusCode.BadRequest, "request-invalid");
        await http.PutAsync($"/api/v1/tenants/{tenant}/traffic/burst", new { burstKbps = 200_000, reason = "mine" }, null).IsProblemAsync(HttpStatusCode.Forbidden, "forbidden");
    }

    [Fact]
    public async Task Operators_set_a_burst_and_settings_and_correct_sealed_months_only()
    {
        var tenant = await service.NewTenantAsync();
        using var http = service.Operator();

        var made = await http.PutAsync($"/api/v1/tenants/{tenant}/traffic/burst", new { burstKbps = 200_000, reason = "seeding" }, null).BodyAsync();
        Assert.Equal(200_000, made.GetProperty("burstKbps").GetInt64());
        Assert.Equal("seeding", (await http.GetAsync($"/api/v1/tenants/{tenant}/traffic/current").BodyAsync()).GetProperty("override").Text("reason"));
        await http.PutAsync($"/api/v1/tenants/{tenant}/traffic/burst", new { burstKbps = 10, reason = "less" }, null).IsProblemAsync(HttpStatusCode.BadRequest, "burst-invalid");
        var month = (await http.GetAsync($"/api/v1/tenants/{tenant}/traffic/current").BodyAsync()).Text("month");
        await http.PostAsync($"/api/v1/tenants/{tenant}/traffic/{month}/corrections", new { p95Bytes = 1, reason = "x" }).IsProblemAsync(HttpStatusCode.Conflict, "month-not-sealed");

        await http.PostAsync("/api/v1/traffic-policies", new { fromMonth = month, settings = new { }, reason = "x" }).IsProblemAsync(HttpStatusCode.Conflict, "policy-not-ahead");
        await http.PostAsync("/api/v1/traffic-policies", new { settings = new { zone = "Europe/Atlantis" }, reason = "x" }).IsProblemAsync(HttpStatusCode.BadRequest, "zone-unknown");
        Assert.Equal(1, (await http.GetAsync("/api/v1/traffic-policies").BodyAsync()).GetProperty("items")[0].GetProperty("version").GetInt32());
    }

    [Fact]
    public async Task A_host_reads_the_usage_of_its_own_vault()
    {
        var tenant = await service.NewTenantAsync();
        var vault = await service.NewVaultAsync(tenant);
        using var http = service.Visit(await service.NewHostAsync(tenant, vault, "web01"));

        var usage = await http.GetAsync($"/api/v1/tenants/{tenant}/usage").BodyAsync();
        Assert.Equal(vault, Assert.Single(usage.GetProperty("vaults").EnumerateArray()).Text("name"));
        Assert.Equal(tenant, usage.GetProperty("traffic").Text("tenant"));
        await http.GetAsync("/api/v1/tenants/somebody-else/usage").IsProblemAsync(HttpStatusCode.NotFound, "tenant-not-found");
    }
}
