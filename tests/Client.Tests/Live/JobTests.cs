using System.Net;
using System.Text.Json;

namespace BackupOnline.Client.Tests.Live;

public sealed class JobTests(OneSilo one)
{
    private readonly LiveService service = one.Service;

    [Fact]
    public async Task A_run_is_opened_reported_finished_and_found()
    {
        var (tenant, host, manager) = await HostAsync();

        var job = await host.PostAsync($"/api/v1/tenants/{tenant}/hosts/web01/jobs", new { kind = "backup", vault = "main" }, "run-1").BodyAsync(HttpStatusCode.Created);
        var again = await host.PostAsync($"/api/v1/tenants/{tenant}/hosts/web01/jobs", new { kind = "backup", vault = "main" }, "run-1").BodyAsync(HttpStatusCode.OK);
        var id = job.Text("id");
        Assert.Equal(id, again.Text("id"));

        var path = $"/api/v1/tenants/{tenant}/jobs/{id}";
        var reported = await host.PostAsync($"{path}/progress", new { attempt = 1, progress = new { filesDone = 3, bytesSent = 700 } }).BodyAsync();
        Assert.Equal(700, reported.GetProperty("progress").GetProperty("bytesSent").GetInt64());
        await host.PostAsync($"{path}/progress", new { attempt = 0, progress = new { } }).IsProblemAsync(HttpStatusCode.BadRequest, "request-invalid");
        await host.PostAsync($"{path}/progress", new { attempt = 1, progress = new { filesEaten = 1 } }).IsProblemAsync(HttpStatusCode.BadRequest, "request-invalid");
        await manager.PostAsync($"{path}/progress", new { attempt = 1, progress = new { } }).IsProblemAsync(HttpStatusCode.Forbidden, "forbidden");

        Assert.Equal("partial", (await host.PostAsync($"{path}/outcome", new { attempt = 1, exitCode = 3, message = "1 file unreadable" }).BodyAsync()).Text("status"));
        Assert.Equal("partial", (await host.PostAsync($"{path}/outcome", new { attempt = 1, exitCode = 3, message = "1 file unreadable" }).BodyAsync()).Text("status"));
        foreach (var found in (string[])[path, $"/api/v1/jobs/{id}"])
            Assert.Equal("1 file unreadable", (await manager.GetAsync(found).BodyAsync()).Text("message"));
        using var http = service.Operator();
        Assert.Equal(id, (await http.GetAsync($"/api/v1/jobs/{id}").BodyAsync()).Text("id"));
        await manager.GetAsync("/api/v1/jobs/j00000000000000000000000000000000").IsProblemAsync(HttpStatusCode.NotFound, "job-not-found");
        await manager.GetAsync("/api/v1/jobs/latest").IsProblemAsync(HttpStatusCode.NotFound, "job-not-found");

        using var foreign = service.Visit(await service.NewKeyAsync(await service.NewTenantAsync(), "manager"));
        await foreign.GetAsync($"/api/v1/jobs/{id}").IsProblemAsync(HttpStatusCode.NotFound, "job-not-found");
    }

    [Fact]
    public async Task A_run_under_way_has_a_plan_by_the_doors_clock_and_one_more_can_be_asked_about()
    {
        var (tenant, host, manager) = await HostAsync();
        var id = (await host.PostAsync($"/api/v1/tenants/{tenant}/hosts/web01/jobs", new { kind = "backup", vault = "main" }).BodyAsync(HttpStatusCode.Created)).Text("id");
        var path = $"/api/v1/tenants/{tenant}/jobs/{id}";

        var plan = await host.GetAsync($"{path}/plan").BodyAsync();
        Assert.Equal((id, "plenty-of-credits"), (plan.Text("job"), plan.Text("reason")));
        var first = plan.GetProperty("spans")[0];
        Assert.Equal("burst", first.Text("kind"));
        Assert.InRange(first.GetProperty("bitsPerSecond").GetInt64(), 1, 100_000_000);
        Assert.True(first.GetProperty("to").GetDateTimeOffset() > plan.GetProperty("at").GetDateTimeOffset());
        Assert.True((await manager.GetAsync($"{path}/plan").BodyAsync()).GetProperty("creditsLeft").GetInt32() > 400);
        await manager.GetAsync($"/api/v1/tenants/{tenant}/jobs/j00000000000000000000000000000000/plan").IsProblemAsync(HttpStatusCode.NotFound, "job-not-found");
        using var foreign = service.Visit(await service.NewKeyAsync(await service.NewTenantAsync(), "manager"));
        await foreign.GetAsync($"{path}/plan").IsProblemAsync(HttpStatusCode.NotFound, "tenant-not-found");

        var ask = $"/api/v1/tenants/{tenant}/traffic/what-if";
        var answer = await manager.PostAsync(ask, new { startsAt = plan.GetProperty("at").GetDateTimeOffset(), bytes = 30_000_000_000 }).BodyAsync();
        Assert.InRange(answer.GetProperty("atOnce").GetProperty("credits").GetInt32(), 1, 9);
        Assert.False(answer.GetProperty("paced").GetProperty("month").GetProperty("exceeded").GetBoolean());
        await manager.PostAsync(ask, new { startsAt = "2020-01-01T00:00:00Z", bytes = 1 }).IsProblemAsync(HttpStatusCode.BadRequest, "start-invalid");
        await manager.PostAsync(ask, new { startsAt = "2020-01-01T00:00:00Z", bytes = -1 }).IsProblemAsync(HttpStatusCode.BadRequest, "request-invalid");
        await host.PostAsync(ask, new { startsAt = "2020-01-01T00:00:00Z", bytes = 1 }).IsProblemAsync(HttpStatusCode.Forbidden, "forbidden");

        await host.PostAsync($"{path}/outcome", new { attempt = 1, exitCode = 0 }).BodyAsync();
        await host.GetAsync($"{path}/plan").IsProblemAsync(HttpStatusCode.Conflict, "job-ended");
    }

    [Fact]
    public async Task A_screen_sees_the_run_its_progress_and_its_end()
    {
        var (tenant, host, manager) = await HostAsync();
        var id = (await host.PostAsync($"/api/v1/tenants/{tenant}/hosts/web01/jobs", new { kind = "backup", vault = "main" }).BodyAsync(HttpStatusCode.Created)).Text("id");
        var path = $"/api/v1/tenants/{tenant}/jobs/{id}";

        using var bound = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        using var answer = await manager.GetAsync($"/api/v1/jobs/{id}/events", HttpCompletionOption.ResponseHeadersRead, bound.Token);
        Assert.Equal("text/event-stream", answer.Content.Headers.ContentType?.MediaType);
        using var events = new StreamReader(await answer.Content.ReadAsStreamAsync(bound.Token));

        Assert.Equal(("job", "running"), await NextAsync(events, "status", bound.Token));
        await host.PostAsync($"{path}/progress", new { attempt = 1, progress = new { filesDone = 41 } }).BodyAsync();
        Assert.Equal(("progress", "41"), await NextAsync(events, "filesDone", bound.Token));
        await host.PostAsync($"{path}/outcome", new { attempt = 1, exitCode = 0 }).BodyAsync();
        Assert.Equal(("job", "succeeded"), await NextAsync(events, "status", bound.Token));
        Assert.Equal("", (await events.ReadToEndAsync(bound.Token)).Trim());

        // Of a run that has ended, the outcome at once, and the end.
        var late = await manager.GetStringAsync($"/api/v1/jobs/{id}/events", bound.Token);
        Assert.StartsWith("event: job\ndata: {", late, StringComparison.Ordinal);
        Assert.Contains("\"succeeded\"", late, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_quiet_run_is_told_to_be_watched_still()
    {
        var (tenant, host, manager) = await HostAsync();
        var id = (await host.PostAsync($"/api/v1/tenants/{tenant}/hosts/web01/jobs", new { kind = "backup", vault = "main" }).BodyAsync(HttpStatusCode.Created)).Text("id");

        using var bound = new CancellationTokenSource(TimeSpan.FromSeconds(40));
        using var answer = await manager.GetAsync($"/api/v1/jobs/{id}/events", HttpCompletionOption.ResponseHeadersRead, bound.Token);
        using var events = new StreamReader(await answer.Content.ReadAsStreamAsync(bound.Token));

        var kinds = new List<string>();
        string? line;
        while ((line = await events.ReadLineAsync(bound.Token)) is not null && !line.StartsWith(':'))
            if (line.StartsWith("event: ", StringComparison.Ordinal))
                kinds.Add(line);
        Assert.Equal(": still watching", line);
        Assert.Equal(["event: job"], kinds);
    }

    [Fact]
    public async Task A_revoked_key_ends_what_it_watched()
    {
        var (tenant, host, manager) = await HostAsync();
        var id = (await host.PostAsync($"/api/v1/tenants/{tenant}/hosts/web01/jobs", new { kind = "backup", vault = "main" }).BodyAsync(HttpStatusCode.Created)).Text("id");
        var key = await service.NewKeyAsync(tenant, "reader");
        using var watcher = service.Visit(key);
        using var bound = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        using var answer = await watcher.GetAsync($"/api/v1/jobs/{id}/events", HttpCompletionOption.ResponseHeadersRead, bound.Token);

        await manager.DeleteAsync($"/api/v1/tenants/{tenant}/keys/{key.Split('_')[2]}").BodyAsync();

        Assert.Contains("running", await answer.Content.ReadAsStringAsync(bound.Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_screens_are_bounded_per_key_and_freed_when_they_go()
    {
        var (tenant, host, manager) = await HostAsync();
        var id = (await host.PostAsync($"/api/v1/tenants/{tenant}/hosts/web01/jobs", new { kind = "backup", vault = "main" }).BodyAsync(HttpStatusCode.Created)).Text("id");
        var open = new List<HttpResponseMessage>();
        for (var screen = 0; screen < 8; screen++)
            open.Add(await manager.GetAsync($"/api/v1/jobs/{id}/events", HttpCompletionOption.ResponseHeadersRead));

        await manager.GetAsync($"/api/v1/jobs/{id}/events").IsProblemAsync(HttpStatusCode.TooManyRequests, "too-many-streams");

        open.ForEach(answer => answer.Dispose());
        await Eventually.GetAsync(async () =>
        {
            using var answer = await manager.GetAsync($"/api/v1/jobs/{id}/events", HttpCompletionOption.ResponseHeadersRead);
            return answer.IsSuccessStatusCode ? "room" : null;
        }, "a closed screen makes room", TimeSpan.FromSeconds(20));
    }

    private async Task<(string Tenant, HttpClient Host, HttpClient Manager)> HostAsync()
    {
        var tenant = await service.NewTenantAsync();
        await service.NewVaultAsync(tenant);
        return (tenant, service.Visit(await service.NewHostAsync(tenant, "main", "web01")), service.Visit(await service.NewKeyAsync(tenant, "manager")));
    }

    private static async Task<(string Kind, string Member)> NextAsync(StreamReader events, string member, CancellationToken cancellation)
    {
        var kind = "";
        while (await events.ReadLineAsync(cancellation) is { } line)
        {
            if (line.StartsWith("event: ", StringComparison.Ordinal))
                kind = line["event: ".Length..];
            else if (line.StartsWith("data: ", StringComparison.Ordinal))
                return (kind, JsonDocument.Parse(line["data: ".Length..]).RootElement.GetProperty(member).ToString());
        }
        throw new InvalidOperationException("The events ended early.");
    }
}
