using System.Net;

namespace BackupOnline.Client.Tests.Live;

public sealed class ScheduleTests(OneSilo one)
{
    private readonly LiveService service = one.Service;

    [Fact]
    public async Task Operators_see_what_is_due_by_itself_page_by_page_and_by_customer_and_kind()
    {
        var tenant = await service.NewTenantAsync();
        await service.NewVaultAsync(tenant);
        using var http = service.Operator();
        var set = new { name = "documents", vault = "main", expectedEvery = "1.00:00:00" };
        await http.PostAsync($"/api/v1/tenants/{tenant}/sets", set).BodyAsync(HttpStatusCode.Created);
        await http.PostAsync($"/api/v1/tenants/{tenant}/sets", set with { name = "pictures" }).BodyAsync(HttpStatusCode.Created);

        var freshness = await http.GetAsync($"/api/v1/schedules?tenant={tenant}&kind=set.freshness").BodyAsync();
        Assert.Equal([$"set-freshness/{tenant}/documents", $"set-freshness/{tenant}/pictures"], freshness.GetProperty("items").EnumerateArray().Select(item => item.Text("id")));
        var first = freshness.GetProperty("items")[0];
        Assert.Equal((tenant, "set.freshness", 0), (first.Text("scope"), first.Text("kind"), first.GetProperty("failuresInARow").GetInt32()));
        Assert.InRange(first.GetProperty("nextDue").GetDateTimeOffset(), TimeProvider.System.GetUtcNow().AddHours(22), TimeProvider.System.GetUtcNow().AddDays(2));

        var page = await http.GetAsync($"/api/v1/schedules?tenant={tenant}&kind=set.freshness&limit=1").BodyAsync();
        var rest = await http.GetAsync($"/api/v1/schedules?tenant={tenant}&kind=set.freshness&after={Uri.EscapeDataString(page.Text("next")!)}").BodyAsync();
        Assert.Equal($"set-freshness/{tenant}/pictures", Assert.Single(rest.GetProperty("items").EnumerateArray()).Text("id"));
        Assert.Null(rest.GetProperty("next").GetString());
        Assert.Empty((await http.GetAsync($"/api/v1/schedules?tenant={tenant}&troubled=true").BodyAsync()).GetProperty("items").EnumerateArray());
    }

    [Fact]
    public async Task Wrong_questions_are_refused_and_customers_may_not_ask()
    {
        using var http = service.Operator();
        foreach (var wrong in (string[])["tenant=No%20Name", "kind=", "limit=0", "troubled=perhaps"])
            await http.GetAsync($"/api/v1/schedules?{wrong}").IsProblemAsync(HttpStatusCode.BadRequest, "request-invalid");

        using var customer = service.Visit(await service.NewKeyAsync(await service.NewTenantAsync(), "manager"));
        Assert.Equal(HttpStatusCode.Forbidden, (await customer.GetAsync("/api/v1/schedules")).StatusCode);
    }
}
