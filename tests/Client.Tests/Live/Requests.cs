using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace BackupOnline.Client.Tests.Live;

/// <summary>Short forms of what the tests ask the door for.</summary>
internal static class Requests
{
    public static Task<HttpResponseMessage> PostAsync(this HttpClient http, string path, object body, string? idempotencyKey = null) =>
        http.SendJsonAsync(HttpMethod.Post, path, body, idempotencyKey is null ? null : request => request.Headers.Add("Idempotency-Key", idempotencyKey));

    public static Task<HttpResponseMessage> PutAsync(this HttpClient http, string path, object body, string? ifMatch) =>
        http.SendJsonAsync(HttpMethod.Put, path, body, ifMatch is null ? null : request => request.Headers.TryAddWithoutValidation("If-Match", ifMatch));

    /// <summary>Checks the status and gives the body.</summary>
    public static async Task<JsonElement> BodyAsync(this Task<HttpResponseMessage> sent, HttpStatusCode status = HttpStatusCode.OK)
    {
        var answer = await sent;
        Assert.True(answer.StatusCode == status, $"{(int)answer.StatusCode} instead of {(int)status}: {await answer.Content.ReadAsStringAsync()}");
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    public static async Task<JsonElement> IsProblemAsync(this Task<HttpResponseMessage> sent, HttpStatusCode status, string code) => await (await sent).IsProblemAsync(status, code);

    public static string Text(this JsonElement body, string member) => body.GetProperty(member).GetString()!;

    /// <summary>A tenant with accepted terms.</summary>
    public static async Task<string> NewTenantAsync(this LiveService service)
    {
        using var http = service.Operator();
        var tenant = LiveService.NewName("t");
        await http.PostAsync("/api/v1/tenants", new { name = tenant, displayName = "A customer" }).BodyAsync(HttpStatusCode.Created);
        foreach (var document in (string[])["general-conditions", "specific-conditions"])
        {
            await http.PostAsync($"/api/v1/tenants/{tenant}/acceptances", new { document, version = "2026-01", textSha256 = new string('a', 64), acceptedBy = "A. Person" })
                .BodyAsync(HttpStatusCode.Created);
        }
        return tenant;
    }

    public static async Task<string> NewVaultAsync(this LiveService service, string tenant)
    {
        using var http = service.Operator();
        await http.PostAsync($"/api/v1/tenants/{tenant}/vaults", new { name = "main" }).BodyAsync(HttpStatusCode.Created);
        return "main";
    }

    public static async Task<string> NewKeyAsync(this LiveService service, string tenant, string role)
    {
        using var http = service.Operator();
        return (await http.PostAsync($"/api/v1/tenants/{tenant}/keys", new { role }).BodyAsync(HttpStatusCode.Created)).Text("secret");
    }

    /// <summary>An enrolled host; gives its key.</summary>
    public static async Task<string> NewHostAsync(this LiveService service, string tenant, string vault, string host, string? publicKey = null)
    {
        using var http = service.Operator();
        var invited = await http.PostAsync($"/api/v1/tenants/{tenant}/hosts", new { name = host, vault }).BodyAsync(HttpStatusCode.Created);
        using var stranger = service.Visit(null);
        var enrolled = await stranger.PostAsync("/api/v1/enrolments", new { code = invited.Text("code"), publicKey = publicKey ?? Convert.ToBase64String(new byte[32]), capabilities = (string[])["linux"] })
            .BodyAsync(HttpStatusCode.Created);
        return enrolled.Text("key");
    }

    private static async Task<HttpResponseMessage> SendJsonAsync(this HttpClient http, HttpMethod method, string path, object body, Action<HttpRequestMessage>? adorn)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is string text ? new StringContent(text, new MediaTypeHeaderValue("application/json")) : JsonContent.Create(body) };
        adorn?.Invoke(request);
        return await http.SendAsync(request);
    }
}
