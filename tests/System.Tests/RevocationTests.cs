using System.Net;
using System.Net.Http.Headers;
using System.Text;
using BackupOnline.SystemTests.Running;

namespace BackupOnline.SystemTests;

/// <summary>A revoked credential is refused at once, not when the shelf's memory of it ends: also after a silo that was killed.</summary>
public sealed class RevocationTests
{
    [Fact]
    public async Task A_revocation_reaches_the_shelf_within_seconds_also_after_a_kill()
    {
        await using var service = await Service.StartAsync();
        var tenant = await service.Door.MakeTenantAsync();
        await ShouldBeRefusedSoonAsync(service, tenant);

        service.KillSilo();
        service.StartSilo();
        await service.ReadyAsync();

        await ShouldBeRefusedSoonAsync(service, tenant);
        Assert.DoesNotContain("PubSubStore", service.Silo().Said, StringComparison.Ordinal);
    }

    private static async Task ShouldBeRefusedSoonAsync(Service service, string tenant)
    {
        var issued = await service.Door.PostAsync($"/tenants/{tenant}/vaults/main/credentials", new { scope = "append" });
        var (id, secret) = ((string)issued["credential"]!["keyId"]!, (string)issued["secret"]!);
        using var shelf = new HttpClient { BaseAddress = new Uri((string)issued["url"]!) };
        shelf.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.ASCII.GetBytes($"{id}:{secret}")));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(shelf));

        var (status, _) = await service.Door.AskAsync(HttpMethod.Delete, $"/tenants/{tenant}/vaults/main/credentials/{id}");
        Assert.Equal(200, (int)status);

        // Far below the 60 seconds for which a good verdict may be kept.
        await Until.TrueAsync("the shelf refuses the revoked credential", TimeSpan.FromSeconds(20),
            async () => await StatusAsync(shelf) == HttpStatusCode.Unauthorized, service.Evidence);
    }

    private static async Task<HttpStatusCode> StatusAsync(HttpClient shelf)
    {
        using var answer = await shelf.GetAsync("config");
        return answer.StatusCode;
    }
}
