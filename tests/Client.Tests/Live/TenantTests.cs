using System.Net;
using System.Net.Http.Json;

namespace BackupOnline.Client.Tests.Live;

public sealed class TenantTests(OneSilo one)
{
    private readonly LiveService service = one.Service;

    [Fact]
    public async Task A_tenant_is_made_read_edited_suspended_and_listed()
    {
        using var http = service.Operator();
        var name = LiveService.NewName("t");

        var made = await http.PostAsync("/api/v1/tenants", new { name, displayName = "Acme SA", quotaBytes = 1000 });
        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        Assert.Equal($"/api/v1/tenants/{name}", made.Headers.Location?.ToString());

        var read = await http.GetAsync($"/api/v1/tenants/{name}");
        Assert.Equal(made.Headers.ETag, read.Headers.ETag);

        var edited = await http.PutAsync($"/api/v1/tenants/{name}", new { displayName = "Acme SAS" }, read.Headers.ETag!.ToString());
        Assert.Equal(HttpStatusCode.OK, edited.StatusCode);
        Assert.NotEqual(read.Headers.ETag, edited.Headers.ETag);

        await http.PutAsync($"/api/v1/tenants/{name}", new { displayName = "Late" }, read.Headers.ETag.ToString()).IsProblemAsync(HttpStatusCode.PreconditionFailed, "version-stale");
        await http.PutAsync($"/api/v1/tenants/{name}", new { displayName = "Blind" }, null).IsProblemAsync(HttpStatusCode.PreconditionRequired, "if-match-required");
        await http.PutAsync($"/api/v1/tenants/{name}", new { displayName = "Odd" }, "\"banana\"").IsProblemAsync(HttpStatusCode.PreconditionFailed, "if-match-unknown");
        Assert.Equal("Forced", (await http.PutAsync($"/api/v1/tenants/{name}", new { displayName = "Forced" }, "*").BodyAsync()).Text("displayName"));

        Assert.True((await http.PostAsync($"/api/v1/tenants/{name}/suspension", new { suspended = true, reason = "abuse" }).BodyAsync()).GetProperty("suspended").GetBoolean());
        Assert.False((await http.PostAsync($"/api/v1/tenants/{name}/suspension", new { suspended = false, reason = "cleared" }).BodyAsync()).GetProperty("suspended").GetBoolean());

        Assert.Contains(name, await EveryNameAsync(http));
    }

    [Fact]
    public async Task The_same_idempotency_key_gives_the_same_answer_and_another_body_a_conflict()
    {
        using var http = service.Operator();
        var name = LiveService.NewName("t");

        await http.PostAsync("/api/v1/tenants", new { name, displayName = "Acme" }, "once").BodyAsync(HttpStatusCode.Created);
        await http.PostAsync("/api/v1/tenants", new { name, displayName = "Acme" }, "once").BodyAsync(HttpStatusCode.OK);
        await http.PostAsync("/api/v1/tenants", new { name, displayName = "Other" }, "once").IsProblemAsync(HttpStatusCode.Conflict, "idempotency-key-reused");
        await http.PostAsync("/api/v1/tenants", new { name, displayName = "Acme" }, "twice").IsProblemAsync(HttpStatusCode.Conflict, "tenant-exists");
    }

    [Fact]
    public async Task Acceptances_are_recorded_and_listed_with_who_and_from_where()
    {
        var tenant = await service.NewTenantAsync();
        using var http = service.Operator();

        var items = (await http.GetAsync($"/api/v1/tenants/{tenant}/acceptances").BodyAsync()).GetProperty("items");

        Assert.Equal(["general-conditions", "specific-conditions"], items.EnumerateArray().Select(item => item.Text("document")).Order());
        Assert.All(items.EnumerateArray(), item => Assert.Equal(("A. Person", "127.0.0.1"), (item.Text("acceptedBy"), item.Text("address"))));
    }

    [Fact]
    public async Task A_vault_needs_accepted_terms()
    {
        using var http = service.Operator();
        var name = LiveService.NewName("t");
        await http.PostAsync("/api/v1/tenants", new { name, displayName = "Acme" }).BodyAsync(HttpStatusCode.Created);

        await http.PostAsync($"/api/v1/tenants/{name}/vaults", new { name = "main" }).IsProblemAsync(HttpStatusCode.Conflict, "terms-not-accepted");
    }

    public static TheoryData<string, string, string> BadBodies => new()
    {
        { """{"name":"x","displayName":"A"}""", "name", "2 to 40 characters" },
        { """{"name":"provider","displayName":"A"}""", "name", "reserved" },
        { """{"name":"health","displayName":"A"}""", "name", "reserved" },
        { """{"name":"../etc","displayName":"A"}""", "name", "2 to 40 characters" },
        { """{"name":"good-name"}""", "displayName", "required" },
        { """{"name":"good-name","displayName":"A","color":"red"}""", "color", "not known" },
        { """{"name":"good-name","displayName":"A","quotaBytes":-5}""", "quotaBytes", "number of bytes" },
        { """{"name":"good-name","displayName":"A","quotaBytes":99999999999999999999}""", "quotaBytes", "whole number" },
        { """{"name":"good-name","displayName":"\u0000"}""", "displayName", "control characters" },
        { """{"name":"good-name",""", "body", "not JSON" },
        { """[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]""", "body", "not JSON" },
    };

    [Theory]
    [MemberData(nameof(BadBodies))]
    public async Task A_bad_body_is_refused_member_by_member(string body, string field, string advice)
    {
        using var http = service.Operator();

        var problem = await http.PostAsync("/api/v1/tenants", body).IsProblemAsync(HttpStatusCode.BadRequest, "request-invalid");

        var error = Assert.Single(problem.GetProperty("errors").EnumerateArray());
        Assert.Equal(field, error.Text("field"));
        Assert.Contains(advice, error.Text("detail"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("limit=0")]
    [InlineData("limit=201")]
    [InlineData("limit=many")]
    public async Task A_bad_page_is_refused(string query)
    {
        using var http = service.Operator();

        await http.GetAsync($"/api/v1/tenants?{query}").IsProblemAsync(HttpStatusCode.BadRequest, "request-invalid");
    }

    private static async Task<IReadOnlyList<string>> EveryNameAsync(HttpClient http)
    {
        var names = new List<string>();
        string? after = null;
        do
        {
            var page = await http.GetFromJsonAsync<System.Text.Json.JsonElement>($"/api/v1/tenants?limit=3&after={after}");
            names.AddRange(page.GetProperty("items").EnumerateArray().Select(item => item.Text("name")));
            after = page.GetProperty("next").GetString();
        }
        while (after is not null);
        Assert.Equal(names.Distinct().Order(StringComparer.Ordinal), names);
        return names;
    }
}
