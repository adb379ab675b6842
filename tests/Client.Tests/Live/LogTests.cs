using System.Net;
using System.Text.Json;

namespace BackupOnline.Client.Tests.Live;

public sealed class LogTests(OneSilo one)
{
    private readonly LiveService service = one.Service;

    [Fact]
    public async Task Whoever_did_something_finds_it_in_the_log_with_actor_and_address()
    {
        var tenant = await service.NewTenantAsync();
        var key = await service.NewKeyAsync(tenant, "manager");
        using var http = service.Visit(key, "127.0.4.1");
        await http.PostAsync($"/api/v1/tenants/{tenant}/vaults", new { name = "main" }).BodyAsync(HttpStatusCode.Created);

        var entries = await EveryEntryAsync(http, tenant);

        var made = Assert.Single(entries, entry => entry.Text("event") == "vault.created");
        Assert.Equal(($"key:{tenant}/{key.Split('_')[2]}", $"vault/{tenant}/main", "127.0.4.1"), (made.Text("actor"), made.Text("subject"), made.Text("address")));
        Assert.Equal(Enumerable.Range(1, entries.Count).Select(number => (long)number), entries.Select(entry => entry.GetProperty("number").GetInt64()));
        var head = await http.GetAsync($"/api/v1/tenants/{tenant}/log/checkpoint").BodyAsync();
        Assert.Equal((tenant, entries[^1].Text("hash")), (head.Text("scope"), head.Text("hash")));
        await http.GetAsync($"/api/v1/tenants/{tenant}/log?after=yesterday").IsProblemAsync(HttpStatusCode.BadRequest, "request-invalid");
    }

    [Fact]
    public async Task An_operators_look_is_in_the_tenants_own_log_once_per_kind()
    {
        var tenant = await service.NewTenantAsync();
        await service.NewVaultAsync(tenant);
        using (var http = service.Operator())
        {
            for (var look = 0; look < 3; look++)
            {
                await http.GetAsync($"/api/v1/tenants/{tenant}/vaults").BodyAsync();
                await http.GetAsync($"/api/v1/tenants/{tenant}/vaults/main").BodyAsync();
                await http.GetAsync($"/api/v1/tenants/{tenant}/hosts").BodyAsync();
            }
        }
        using var reader = service.Visit(await service.NewKeyAsync(tenant, "reader"));

        var looks = (await EveryEntryAsync(reader, tenant)).Where(entry => entry.Text("event") == "operator.read").ToList();

        Assert.All(looks, look => Assert.StartsWith("key:provider/", look.Text("actor"), StringComparison.Ordinal));
        // An hour may turn while the test runs.
        foreach (var kind in (string[])["vaults", "hosts"])
            Assert.InRange(looks.Count(look => look.Text("subject") == $"{kind}/{tenant}"), 1, 2);
        Assert.DoesNotContain(looks, look => look.Text("subject").StartsWith("jobs/", StringComparison.Ordinal));
    }

    private static async Task<List<JsonElement>> EveryEntryAsync(HttpClient http, string tenant)
    {
        var entries = new List<JsonElement>();
        string? after = null;
        do
        {
            var page = await http.GetAsync($"/api/v1/tenants/{tenant}/log?limit=2&after={after}").BodyAsync();
            entries.AddRange(page.GetProperty("items").EnumerateArray());
            after = page.GetProperty("next").GetString();
        }
        while (after is not null);
        return entries;
    }
}
