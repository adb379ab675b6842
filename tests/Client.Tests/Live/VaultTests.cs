using System.Net;

namespace BackupOnline.Client.Tests.Live;

public sealed class VaultTests(OneSilo one)
{
    private readonly LiveService service = one.Service;

    [Fact]
    public async Task A_manager_makes_a_vault_and_reads_where_it_lies()
    {
        var tenant = await service.NewTenantAsync();
        using var http = service.Visit(await service.NewKeyAsync(tenant, "manager"));

        var made = await http.PostAsync($"/api/v1/tenants/{tenant}/vaults", new { name = "main", quotaBytes = 1_000_000 }).BodyAsync(HttpStatusCode.Created);

        Assert.Equal("node1", made.Text("node"));
        Assert.EndsWith($"/{tenant}/main/", made.Text("url"), StringComparison.Ordinal);
        Assert.Equal("7.00:00:00", made.Text("immutabilityWindow"));
        Assert.Equal("main", (await http.GetAsync($"/api/v1/tenants/{tenant}/vaults/main").BodyAsync()).Text("name"));
        Assert.Single((await http.GetAsync($"/api/v1/tenants/{tenant}/vaults").BodyAsync()).GetProperty("items").EnumerateArray());
        await http.GetAsync($"/api/v1/tenants/{tenant}/vaults/other").IsProblemAsync(HttpStatusCode.NotFound, "vault-not-found");
        await http.GetAsync($"/api/v1/tenants/{tenant}/vaults/OTHER").IsProblemAsync(HttpStatusCode.NotFound, "vault-not-found");
    }

    [Fact]
    public async Task A_credential_is_shown_once_opens_the_shelf_and_is_closed_again()
    {
        var tenant = await service.NewTenantAsync();
        await service.NewVaultAsync(tenant);
        using var http = service.Visit(await service.NewKeyAsync(tenant, "manager"));
        var path = $"/api/v1/tenants/{tenant}/vaults/main/credentials";

        var made = await http.PostAsync(path, new { scope = "append", label = "laptop" }, "c-1").BodyAsync(HttpStatusCode.Created);
        var again = await http.PostAsync(path, new { scope = "append", label = "laptop" }, "c-1").BodyAsync(HttpStatusCode.OK);
        await http.PostAsync(path, new { scope = "prune", label = "laptop" }, "c-1").IsProblemAsync(HttpStatusCode.Conflict, "idempotency-key-reused");

        var (keyId, secret) = (made.GetProperty("credential").Text("keyId"), made.Text("secret"));
        Assert.Equal($"rest:{made.Text("url").Replace("http://", $"http://{keyId}:{secret}@", StringComparison.Ordinal)}", made.Text("repository"));
        Assert.Equal(keyId, again.GetProperty("credential").Text("keyId"));
        Assert.Equal((null, null), (again.GetProperty("secret").GetString(), again.GetProperty("repository").GetString()));

        using var shelf = new HttpClient();
        shelf.DefaultRequestHeaders.Authorization = new("Basic", Convert.ToBase64String(System.Text.Encoding.ASCII.GetBytes($"{keyId}:{secret}")));
        Assert.Equal(HttpStatusCode.OK, (await shelf.PostAsync($"{made.Text("url")}?create=true", null)).StatusCode);

        Assert.NotNull((await http.DeleteAsync($"{path}/{keyId}").BodyAsync()).Text("revokedAt"));
        Assert.DoesNotContain(secret, await http.GetStringAsync(path), StringComparison.Ordinal);
        await http.DeleteAsync($"{path}/nonsense").IsProblemAsync(HttpStatusCode.NotFound, "credential-not-found");
        await http.DeleteAsync($"{path}/c{new string('a', 20)}").IsProblemAsync(HttpStatusCode.NotFound, "credential-not-found");
        await http.PostAsync(path, new { scope = "everything" }).IsProblemAsync(HttpStatusCode.BadRequest, "request-invalid");
    }

    [Fact]
    public async Task A_set_says_what_is_expected_and_whether_it_came()
    {
        var tenant = await service.NewTenantAsync();
        await service.NewVaultAsync(tenant);
        using var http = service.Visit(await service.NewKeyAsync(tenant, "manager"));
        var path = $"/api/v1/tenants/{tenant}/sets";

        var made = await http.PostAsync(path, new { name = "documents", vault = "main", expectedEvery = "1.00:00:00" }).BodyAsync(HttpStatusCode.Created);

        Assert.Equal(("1.00:00:00", "waiting"), (made.Text("expectedEvery"), made.Text("freshness")));
        Assert.Equal("documents", (await http.GetAsync($"{path}/documents").BodyAsync()).Text("name"));
        Assert.Single((await http.GetAsync(path).BodyAsync()).GetProperty("items").EnumerateArray());
        await http.GetAsync($"{path}/pictures").IsProblemAsync(HttpStatusCode.NotFound, "set-not-found");
        await http.PostAsync(path, new { name = "pictures", vault = "nowhere", expectedEvery = "1.00:00:00" }).IsProblemAsync(HttpStatusCode.NotFound, "vault-not-found");
        await http.PostAsync(path, new { name = "pictures", vault = "main", expectedEvery = "00:00:01" }).IsProblemAsync(HttpStatusCode.BadRequest, "request-invalid");
        await http.PostAsync(path, new { name = "pictures", vault = "main", expectedEvery = "weekly" }).IsProblemAsync(HttpStatusCode.BadRequest, "request-invalid");
    }

    [Fact]
    public async Task Operators_see_the_nodes()
    {
        using var http = service.Operator();

        Assert.Contains((await http.GetAsync("/api/v1/nodes").BodyAsync()).GetProperty("items").EnumerateArray(), node => node.Text("name") == "node1");
        Assert.StartsWith("http://127.0.0.1:", (await http.GetAsync("/api/v1/nodes/node1").BodyAsync()).Text("storageUrl"), StringComparison.Ordinal);
        await http.GetAsync("/api/v1/nodes/node9").IsProblemAsync(HttpStatusCode.NotFound, "node-not-found");
        await http.GetAsync("/api/v1/nodes/Node%201").IsProblemAsync(HttpStatusCode.NotFound, "node-not-found");
    }
}
