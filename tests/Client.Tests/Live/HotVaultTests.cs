using System.Net;
using System.Text.Json;
using BackupOnline.StorageNode.Tests.Keys;

namespace BackupOnline.Client.Tests.Live;

/// <summary>Door, grains, storage worker and key service together; the sealed boxes are opened as an agent and a person would.</summary>
public sealed class HotVaultTests(OneSilo one)
{
    private readonly LiveService service = one.Service;

    [Fact]
    public async Task A_host_gets_its_hot_vaults_key_and_nobody_else_does()
    {
        var tenant = await service.NewTenantAsync();
        await NewHotVaultAsync(tenant);
        var (mine, path) = (new SealedBox(), $"/api/v1/tenants/{tenant}/vaults/main/sealed-key");
        using var host = service.Visit(await service.NewHostAsync(tenant, "main", "web01", mine.PublicKey));

        var first = await host.GetAsync(path);
        if (first.StatusCode != HttpStatusCode.OK)
        {
            await first.IsProblemAsync(HttpStatusCode.Conflict, "key-not-ready");
            Assert.NotNull(first.Headers.RetryAfter);
        }

        var password = mine.Open(await SealedAsync(host, path))!;

        Assert.Equal(52, password.Length);
        Assert.True(File.Exists(service.MasterKeyFile));
        using var operators = service.Operator();
        var vault = await operators.GetAsync($"/api/v1/tenants/{tenant}/vaults/main").BodyAsync();
        Assert.True(vault.GetProperty("hot").GetBoolean());
        Assert.NotNull(vault.Text("keyReadyAt"));
        await operators.GetAsync(path).IsProblemAsync(HttpStatusCode.Forbidden, "forbidden");

        // Another vault's host, another customer's host, a cold vault.
        await operators.PostAsync($"/api/v1/tenants/{tenant}/vaults", new { name = "cold" }).BodyAsync(HttpStatusCode.Created);
        using var neighbour = service.Visit(await service.NewHostAsync(tenant, "cold", "web02", new SealedBox().PublicKey));
        await neighbour.GetAsync(path).IsProblemAsync(HttpStatusCode.NotFound, "vault-not-found");
        await neighbour.GetAsync(path.Replace("/main/", "/cold/", StringComparison.Ordinal)).IsProblemAsync(HttpStatusCode.Conflict, "vault-not-hot");
        var elsewhere = await service.NewTenantAsync();
        await service.NewVaultAsync(elsewhere);
        using var stranger = service.Visit(await service.NewHostAsync(elsewhere, "main", "web01"));
        await stranger.GetAsync(path).IsProblemAsync(HttpStatusCode.NotFound, "tenant-not-found");

        // Nothing that the cluster keeps, logs or shows holds the key.
        Assert.DoesNotContain(password, service.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(password, vault.ToString(), StringComparison.Ordinal);
        foreach (var file in Directory.EnumerateFiles(Path.Combine(service.DataFolder, "logs")))
            Assert.DoesNotContain(password, await ReadAsync(file), StringComparison.Ordinal);
        var events = (await operators.GetAsync($"/api/v1/tenants/{tenant}/log?limit=200").BodyAsync()).GetProperty("items").EnumerateArray().Select(entry => entry.Text("event")).ToList();
        Assert.Superset(new HashSet<string> { "key.made", "key.ready", "key.asked-for", "key.sealed" }, events.ToHashSet());
    }

    [Fact]
    public async Task A_person_gets_the_key_when_another_one_who_was_there_before_agrees()
    {
        var tenant = await service.NewTenantAsync();
        await NewHotVaultAsync(tenant);
        using var first = service.Operator();
        using var second = service.Visit((await first.PostAsync("/api/v1/keys", new { role = "operator", label = "second person" }).BodyAsync(HttpStatusCode.Created)).Text("secret"));
        var (mine, path) = (new SealedBox(), $"/api/v1/tenants/{tenant}/vaults/main/key-openings");
        using var manager = service.Visit(await service.NewKeyAsync(tenant, "manager"));
        await manager.PostAsync(path, new { reason = "I would like to see it", publicKey = mine.PublicKey }).IsProblemAsync(HttpStatusCode.Forbidden, "forbidden");
        await first.PostAsync(path, new { reason = "because", publicKey = mine.PublicKey }).IsProblemAsync(HttpStatusCode.BadRequest, "request-invalid");
        await first.PostAsync(path, new { reason = "the customer lost its host", publicKey = "AAAA" }).IsProblemAsync(HttpStatusCode.BadRequest, "request-invalid");

        var opening = (await first.PostAsync(path, new { reason = "the customer lost its host", publicKey = mine.PublicKey }).BodyAsync(HttpStatusCode.Created)).Text("id");
        await first.PostAsync($"{path}/{opening}/approval", new { }).IsProblemAsync(HttpStatusCode.Forbidden, "second-person-needed");
        using var fresh = service.Visit((await first.PostAsync("/api/v1/keys", new { role = "operator", label = "made for it" }).BodyAsync(HttpStatusCode.Created)).Text("secret"));
        await fresh.PostAsync($"{path}/{opening}/approval", new { }).IsProblemAsync(HttpStatusCode.Forbidden, "approver-too-new");
        Assert.Equal("requested", (await first.GetAsync($"{path}/{opening}").BodyAsync()).Text("standing"));

        await second.PostAsync($"{path}/{opening}/approval", new { }).BodyAsync();

        var box = await Eventually.GetAsync(
            async () => (await first.GetAsync($"{path}/{opening}").BodyAsync()).GetProperty("sealedKey").GetString(), "the storage node seals the key", TimeSpan.FromSeconds(30));
        Assert.Equal(52, mine.Open(box)!.Length);
        Assert.Equal(JsonValueKind.Null, (await second.GetAsync($"{path}/{opening}").BodyAsync()).GetProperty("sealedKey").ValueKind);
        Assert.Single((await second.GetAsync(path).BodyAsync()).GetProperty("items").EnumerateArray());
        Assert.Equal(JsonValueKind.Array, (await first.GetAsync("/api/v1/nodes/node1/work").BodyAsync()).GetProperty("items").ValueKind);
        await first.GetAsync("/api/v1/nodes/node9/work").IsProblemAsync(HttpStatusCode.NotFound, "node-not-found");
    }

    private async Task NewHotVaultAsync(string tenant)
    {
        using var http = service.Operator();
        var made = await http.PostAsync($"/api/v1/tenants/{tenant}/vaults", new { name = "main", hot = true }).BodyAsync(HttpStatusCode.Created);
        Assert.True(made.GetProperty("hot").GetBoolean());
    }

    private static async Task<string> SealedAsync(HttpClient host, string path) => await Eventually.GetAsync(
        async () =>
        {
            var answer = await host.GetAsync(path);
            return answer.StatusCode == HttpStatusCode.OK ? JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.Text("sealedKey") : null;
        },
        "the storage node seals the key",
        TimeSpan.FromSeconds(30));

    private static async Task<string> ReadAsync(string path)
    {
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var text = new StreamReader(file);
        return await text.ReadToEndAsync();
    }
}
