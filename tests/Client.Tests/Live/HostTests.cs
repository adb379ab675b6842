using System.Net;
using BackupOnline.Grains.Interfaces.Access;

namespace BackupOnline.Client.Tests.Live;

public sealed class HostTests(OneSilo one)
{
    private static readonly string PublicKey = Convert.ToBase64String(Enumerable.Repeat((byte)7, 32).ToArray());

    private readonly LiveService service = one.Service;

    [Fact]
    public async Task A_machine_is_invited_enrols_once_and_works()
    {
        var tenant = await service.NewTenantAsync();
        await service.NewVaultAsync(tenant);
        using var manager = service.Visit(await service.NewKeyAsync(tenant, "manager"));
        using var stranger = service.Visit(null, "127.0.3.1");

        var invited = await manager.PostAsync($"/api/v1/tenants/{tenant}/hosts", new { name = "web01", vault = "main" }, "h-1").BodyAsync(HttpStatusCode.Created);
        var repeated = await manager.PostAsync($"/api/v1/tenants/{tenant}/hosts", new { name = "web01", vault = "main" }, "h-1").BodyAsync(HttpStatusCode.OK);
        Assert.Null(repeated.GetProperty("code").GetString());
        Assert.StartsWith($"boe_{tenant}_web01_", invited.Text("code"), StringComparison.Ordinal);

        var enrolment = new { code = invited.Text("code"), publicKey = PublicKey, capabilities = (string[])["linux", "agent 0.1.0"] };
        var enrolled = await stranger.PostAsync("/api/v1/enrolments", enrolment).BodyAsync(HttpStatusCode.Created);
        Assert.Equal((tenant, "web01", "main"), (enrolled.Text("tenant"), enrolled.Text("host"), enrolled.Text("vault")));

        // An answer that was lost is given again to the same machine, word for word.
        var again = await stranger.PostAsync("/api/v1/enrolments", enrolment).BodyAsync(HttpStatusCode.Created);
        Assert.Equal(enrolled.ToString(), again.ToString());

        // Good for one machine: a try with another key gets what a wrong code gets.
        await stranger.PostAsync("/api/v1/enrolments", new { enrolment.code, publicKey = Convert.ToBase64String(new byte[32]) }).IsProblemAsync(HttpStatusCode.Forbidden, "enrolment-refused");
        await stranger.PostAsync("/api/v1/enrolments", new { code = $"boe_{tenant}_web01_{SecretText.NewSecret()}", publicKey = PublicKey }).IsProblemAsync(HttpStatusCode.Forbidden, "enrolment-refused");
        await stranger.PostAsync("/api/v1/enrolments", new { code = $"boe_nobody_web01_{SecretText.NewSecret()}", publicKey = PublicKey }).IsProblemAsync(HttpStatusCode.Forbidden, "enrolment-refused");
        await stranger.PostAsync("/api/v1/enrolments", new { code = "rubbish", publicKey = PublicKey }).IsProblemAsync(HttpStatusCode.Forbidden, "enrolment-refused");

        using var host = service.Visit(enrolled.Text("key"));
        Assert.True((await host.PostAsync($"/api/v1/tenants/{tenant}/hosts/web01/beat", new { capabilities = (string[])["linux"] }).BodyAsync()).GetProperty("enrolled").GetBoolean());
        Assert.NotNull((await manager.GetAsync($"/api/v1/tenants/{tenant}/hosts/web01").BodyAsync()).Text("lastSeenAt"));
        Assert.Single((await manager.GetAsync($"/api/v1/tenants/{tenant}/hosts").BodyAsync()).GetProperty("items").EnumerateArray());

        // The code opened an enrolment and nothing else; the credential that came with it opens the vault.
        using var codeBearer = service.Visit(invited.Text("code"), "127.0.3.1");
        await codeBearer.GetAsync($"/api/v1/tenants/{tenant}").IsProblemAsync(HttpStatusCode.Unauthorized, "unauthenticated");
        using var shelf = new HttpClient();
        var credential = enrolled.GetProperty("credential");
        shelf.DefaultRequestHeaders.Authorization = new("Basic", Convert.ToBase64String(System.Text.Encoding.ASCII.GetBytes($"{credential.Text("keyId")}:{credential.Text("secret")}")));
        Assert.Equal(HttpStatusCode.OK, (await shelf.PostAsync($"{enrolled.Text("url")}?create=true", null)).StatusCode);
    }

    [Fact]
    public async Task A_host_works_for_itself_alone()
    {
        var tenant = await service.NewTenantAsync();
        await service.NewVaultAsync(tenant);
        using var web = service.Visit(await service.NewHostAsync(tenant, "main", "web01"));
        using var database = service.Visit(await service.NewHostAsync(tenant, "main", "db01"));

        var job = (await web.PostAsync($"/api/v1/tenants/{tenant}/hosts/web01/jobs", new { kind = "backup", vault = "main" }).BodyAsync(HttpStatusCode.Created)).Text("id");

        await database.PostAsync($"/api/v1/tenants/{tenant}/hosts/web01/beat", new { }).IsProblemAsync(HttpStatusCode.NotFound, "host-not-found");
        await database.PostAsync($"/api/v1/tenants/{tenant}/hosts/web01/jobs", new { kind = "backup", vault = "main" }).IsProblemAsync(HttpStatusCode.NotFound, "host-not-found");
        await database.GetAsync($"/api/v1/jobs/{job}").IsProblemAsync(HttpStatusCode.NotFound, "job-not-found");
        await database.GetAsync($"/api/v1/jobs/{job}/events").IsProblemAsync(HttpStatusCode.NotFound, "job-not-found");
        await database.GetAsync($"/api/v1/tenants/{tenant}/jobs/{job}").IsProblemAsync(HttpStatusCode.NotFound, "job-not-found");
        await database.PostAsync($"/api/v1/tenants/{tenant}/jobs/{job}/outcome", new { attempt = 1, exitCode = 0 }).IsProblemAsync(HttpStatusCode.NotFound, "job-not-found");
        Assert.Empty((await database.GetAsync($"/api/v1/tenants/{tenant}/jobs").BodyAsync()).GetProperty("items").EnumerateArray());
        Assert.Single((await web.GetAsync($"/api/v1/tenants/{tenant}/jobs").BodyAsync()).GetProperty("items").EnumerateArray());
        await web.GetAsync($"/api/v1/tenants/{tenant}/vaults").IsProblemAsync(HttpStatusCode.Forbidden, "forbidden");
        await web.GetAsync($"/api/v1/tenants/{tenant}/log").IsProblemAsync(HttpStatusCode.Forbidden, "forbidden");
    }
}
