using System.Net;
using System.Text.Json;

namespace BackupOnline.Client.Tests.Live;

public sealed class VirtualMachineTests(OneSilo one)
{
    private readonly LiveService service = one.Service;

    [Fact]
    public async Task A_machine_is_taken_in_offered_backed_up_and_shown_with_its_point()
    {
        var (tenant, host, manager) = await StartAsync();
        var vm = $"/api/v1/tenants/{tenant}/vms/web";
        using var bound = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        using var answer = await host.GetAsync($"/api/v1/tenants/{tenant}/hosts/hyper1/work", HttpCompletionOption.ResponseHeadersRead, bound.Token);
        Assert.Equal("text/event-stream", answer.Content.Headers.ContentType?.MediaType);
        using var events = new StreamReader(await answer.Content.ReadAsStreamAsync(bound.Token));
        Assert.Equal(0, (await NextWorkAsync(events, bound.Token)).GetArrayLength());

        var run = await manager.PostAsync($"{vm}/jobs", new { }, "now-1").BodyAsync(HttpStatusCode.Created);
        Assert.Equal(("queued", "vmBackup", "web"), (run.Text("status"), run.Text("kind"), run.Text("vm")));
        Assert.Equal(run.Text("id"), (await manager.PostAsync($"{vm}/jobs", new { }, "now-1").BodyAsync()).Text("id"));
        var offered = (await NextWorkAsync(events, bound.Token))[0];
        Assert.Equal((run.Text("id"), "vmBackup", "m-1"), (offered.Text("job"), offered.Text("kind"), offered.Text("machineId")));

        var job = $"/api/v1/tenants/{tenant}/jobs/{run.Text("id")}";
        var taken = await host.PostAsync($"{job}/attempts", new { }, "take-1").BodyAsync();
        Assert.Equal(1, taken.GetProperty("job").GetProperty("attempt").GetInt32());
        var order = taken.GetProperty("order");
        Assert.Equal(("application", 5000), (order.Text("wanted"), order.GetProperty("freezeDeadlineMilliseconds").GetInt32()));
        Assert.StartsWith("http", order.Text("vaultUrl"), StringComparison.Ordinal);
        await host.PostAsync($"{job}/attempts", new { }).IsProblemAsync(HttpStatusCode.Conflict, "attempt-held");
        await manager.PostAsync($"{job}/attempts", new { }).IsProblemAsync(HttpStatusCode.Forbidden, "forbidden");

        await host.PostAsync($"{job}/outcome", new { attempt = 1, exitCode = 0 }).IsProblemAsync(HttpStatusCode.BadRequest, "point-missing");
        Assert.Equal("succeeded", (await host.PostAsync($"{job}/outcome", new { attempt = 1, exitCode = 0, point = Point() }).BodyAsync()).Text("status"));
        var shown = await Eventually.GetAsync(
            async () => await manager.GetAsync(vm).BodyAsync() is var view && view.GetProperty("points").GetInt32() == 1 ? (object)view : null, "the point is shown", TimeSpan.FromSeconds(20));
        Assert.Equal("covered", ((JsonElement)shown).GetProperty("today").Text("standing"));
        var points = await manager.GetAsync($"{vm}/recovery-points").BodyAsync();
        var disk = Assert.Single(points.GetProperty("items").EnumerateArray()).GetProperty("point").GetProperty("disks")[0];
        Assert.Equal(("full", "first"), (disk.Text("basis"), disk.Text("reason")));
        await manager.GetAsync($"{vm}/recovery-points/{Snapshot}/picture").IsProblemAsync(HttpStatusCode.NotFound, "picture-not-found");
        Assert.True((await manager.PostAsync($"{vm}/recovery-points/{Snapshot}/hold", new { held = true, reason = "court" }).BodyAsync()).GetProperty("onLegalHold").GetBoolean());
        Assert.Equal("queued", (await manager.PostAsync($"{vm}/restores", new { snapshot = Snapshot, name = "again", format = "vhdx" }).BodyAsync(HttpStatusCode.Created)).Text("status"));
        Assert.Equal(0, (await manager.GetAsync($"{vm}/days").BodyAsync()).GetProperty("removed").GetArrayLength());
    }

    [Fact]
    public async Task A_failure_is_answered_with_the_wait_for_the_next_attempt_and_opens_an_incident_in_two_languages()
    {
        var (tenant, host, manager) = await StartAsync();
        var run = await manager.PostAsync($"/api/v1/tenants/{tenant}/vms/web/jobs", new { }).BodyAsync(HttpStatusCode.Created);
        var job = $"/api/v1/tenants/{tenant}/jobs/{run.Text("id")}";
        await host.PostAsync($"{job}/attempts", new { }).BodyAsync();

        var failed = await host.PostAsync($"{job}/outcome", new { attempt = 1, exitCode = 1, failure = new { code = "scratch-full", fault = "operator", text = "No room." } }).BodyAsync();

        // Somebody who has to act is given two hours, unless the day in Paris ends before.
        var isLate = TimeZoneInfo.ConvertTimeBySystemTimeZoneId(TimeProvider.System.GetUtcNow(), "Europe/Paris").Hour >= 22;
        Assert.Equal((isLate ? "failed" : "queued", "scratch-full"), (failed.Text("status"), failed.GetProperty("failure").Text("code")));
        await host.PostAsync($"{job}/attempts", new { }).IsProblemAsync(HttpStatusCode.Conflict, isLate ? "job-ended" : "attempt-not-yet");
        var incident = (JsonElement)await Eventually.GetAsync(
            async () => (await manager.GetAsync($"/api/v1/tenants/{tenant}/vms/web").BodyAsync()).GetProperty("incidents") is var list && list.GetArrayLength() > 0 ? (object)list[0] : null,
            "an incident", TimeSpan.FromSeconds(20));
        Assert.Equal(isLate ? "given-up" : "operator-needed", incident.Text("cause"));
        Assert.NotEqual(incident.GetProperty("advice").Text("fr"), incident.GetProperty("advice").Text("en"));
    }

    [Fact]
    public async Task Machines_are_told_by_their_host_alone_and_a_change_wants_the_version_that_was_read()
    {
        var (tenant, host, manager) = await StartAsync();
        var machines = $"/api/v1/tenants/{tenant}/hosts/hyper1/machines";
        var report = new
        {
            driver = "qemu",
            machines = new[] { new { machineId = "m-1", name = "web", power = "running", agent = "noContact", disks = new[] { new { id = "disk0", size = 1 << 30, format = "qcow2", tracking = "persistent" } } } },
        };

        await host.PutAsync(machines, report, null).BodyAsync();
        await manager.PutAsync(machines, report, null).IsProblemAsync(HttpStatusCode.Forbidden, "forbidden");
        var list = await manager.GetAsync(machines).BodyAsync();
        Assert.Equal(("qemu", "noContact"), (list.Text("driver"), list.GetProperty("machines")[0].Text("agent")));

        var vm = $"/api/v1/tenants/{tenant}/vms/web";
        using var read = await manager.GetAsync(vm);
        var change = new { windowStart = "03:30", windowLength = "02:00:00", wanted = "crash", allowFallback = false, excludedDisks = (string[])["disk1"] };
        await manager.PutAsync(vm, change, null).IsProblemAsync(HttpStatusCode.PreconditionRequired, "if-match-required");
        Assert.Equal("03:30", (await manager.PutAsync(vm, change, read.Headers.ETag!.Tag).BodyAsync()).Text("windowStart"));
        await manager.PutAsync(vm, change, read.Headers.ETag!.Tag).IsProblemAsync(HttpStatusCode.PreconditionFailed, "version-stale");
        await manager.PutAsync(vm, new { windowStart = "3h", windowLength = "02:00:00" }, "*").IsProblemAsync(HttpStatusCode.BadRequest, "request-invalid");
        Assert.True((await manager.PostAsync($"{vm}/pause", new { paused = true, reason = "works" }).BodyAsync()).GetProperty("paused").GetBoolean());
        await manager.PostAsync($"{vm}/jobs", new { }).IsProblemAsync(HttpStatusCode.Conflict, "vm-paused");
        Assert.Equal(2, (await manager.PostAsync($"{vm}/disks", new { disk = "disk2", excluded = true }).BodyAsync()).GetProperty("excludedDisks").GetArrayLength());
        Assert.Single((await manager.GetAsync($"/api/v1/tenants/{tenant}/vms").BodyAsync()).GetProperty("items").EnumerateArray());
        await host.PostAsync($"{vm}/jobs", new { }).IsProblemAsync(HttpStatusCode.Forbidden, "forbidden");
        using var foreign = service.Visit(await service.NewKeyAsync(await service.NewTenantAsync(), "manager"));
        await foreign.GetAsync(vm).IsProblemAsync(HttpStatusCode.NotFound, "tenant-not-found");
    }

    private static readonly string Snapshot = new('a', 64);

    private static object Point() => new
    {
        snapshot = Snapshot,
        epoch = "bo-0123456789ab-1",
        at = TimeProvider.System.GetUtcNow(),
        consistency = "application",
        frozenMilliseconds = 118.5,
        disks = new[] { new { id = "disk0", size = 4096, basis = "full", reason = "first", bytesRead = 4096, bytesChanged = 4096 } },
    };

    private async Task<(string Tenant, HttpClient Host, HttpClient Manager)> StartAsync()
    {
        var tenant = await service.NewTenantAsync();
        await service.NewVaultAsync(tenant);
        var host = service.Visit(await service.NewHostAsync(tenant, "main", "hyper1"));
        var manager = service.Visit(await service.NewKeyAsync(tenant, "manager"));
        await manager.PostAsync($"/api/v1/tenants/{tenant}/vms", new { name = "web", host = "hyper1", machineId = "m-1", vault = "main", windowStart = "22:00", windowLength = "01:00:00" })
            .BodyAsync(HttpStatusCode.Created);
        return (tenant, host, manager);
    }

    private static async Task<JsonElement> NextWorkAsync(StreamReader events, CancellationToken cancellation)
    {
        while (await events.ReadLineAsync(cancellation) is { } line)
        {
            if (line.StartsWith("data: ", StringComparison.Ordinal))
                return JsonDocument.Parse(line["data: ".Length..]).RootElement;
        }
        throw new InvalidOperationException("The events ended early.");
    }
}
