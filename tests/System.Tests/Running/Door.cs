using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace BackupOnline.SystemTests.Running;

/// <summary>The door as a front end speaks to it.</summary>
internal sealed class Door(Uri address, Func<string> key)
{
    private static readonly HttpClient Http = new() { Timeout = TimeSpan.FromSeconds(60) };

    public async Task<(HttpStatusCode Status, JsonNode? Body)> AskAsync(HttpMethod method, string path, object? body = null, string? bearer = null)
    {
        using var request = new HttpRequestMessage(method, new Uri(address, $"api/v1{path}"));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", bearer ?? key());
        if (body is not null)
        {
            request.Content = new StringContent(System.Text.Json.JsonSerializer.Serialize(body), Encoding.UTF8, "application/json");
        }

        using var answer = await Http.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        return (answer.StatusCode, text.Length == 0 ? null : JsonNode.Parse(text));
    }

    public async Task<JsonNode> GetAsync(string path)
    {
        var (status, body) = await AskAsync(HttpMethod.Get, path);
        Assert.True((int)status is 200, $"GET {path}: {status}: {body}");
        return body!;
    }

    public async Task<JsonNode> PostAsync(string path, object body)
    {
        var (status, answer) = await AskAsync(HttpMethod.Post, path, body);
        Assert.True((int)status is 200 or 201, $"POST {path}: {status}: {answer}");
        return answer!;
    }

    /// <summary>A tenant that may work: made, both documents accepted, one vault.</summary>
    public async Task<string> MakeTenantAsync(string vault = "main", string? node = null)
    {
        var tenant = $"t-{Guid.NewGuid():N}"[..20];
        await PostAsync("/tenants", new { name = tenant, displayName = "A tenant of the system tests" });
        foreach (var document in new[] { "general-conditions", "specific-conditions" })
        {
            await PostAsync($"/tenants/{tenant}/acceptances",
                new { document, version = "1", textSha256 = new string('a', 64), acceptedBy = "Jeanne Martin" });
        }

        await PostAsync($"/tenants/{tenant}/vaults", new { name = vault, node });
        return tenant;
    }

    /// <summary>A credential for stock restic: the repository address with the secret in it.</summary>
    public async Task<string> MakeRepositoryAsync(string tenant, string vault = "main", string scope = "append") =>
        (string)(await PostAsync($"/tenants/{tenant}/vaults/{vault}/credentials", new { scope }))["repository"]!;

    public async Task<string> InviteAsync(string tenant, string host = "office", string vault = "main") =>
        (string)(await PostAsync($"/tenants/{tenant}/hosts", new { name = host, vault }))["code"]!;
}
