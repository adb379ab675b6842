using System.Net;

namespace BackupOnline.Client.Tests.Live;

public sealed class FailoverTests
{
    /// <summary>Issue 2, "Must show" 4: calls to the grains of a killed silo work again within 5 s. Some room for a busy machine.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(8);

    [Fact]
    public async Task A_killed_silo_costs_callers_a_wait_and_no_error_and_all_silos_gone_a_clear_one()
    {
        await using var service = new LiveService();
        await service.StartAsync("node1");
        service.StartSilo("node2");
        using var http = service.Operator();
        await Eventually.GetAsync(async () => (await http.GetAsync("/api/v1/nodes/node2")).IsSuccessStatusCode ? "there" : null, "node2 is there", TimeSpan.FromSeconds(60));
        var tenants = new List<string>();
        for (var made = 0; made < 16; made++)
        {
            tenants.Add(LiveService.NewName("t"));
            await http.PostAsync("/api/v1/tenants", new { name = tenants[^1], displayName = "A" }).BodyAsync(HttpStatusCode.Created);
        }

        await service.KillSiloAsync("node2");
        var asked = tenants.Select(tenant => TimedAsync(http, tenant)).ToList();
        var waits = await Task.WhenAll(asked);

        TestContext.Current.TestOutputHelper?.WriteLine($"longest wait {waits.Max().TotalSeconds:0.0} s");
        Assert.All(waits, wait => Assert.True(wait < Longest, $"{wait.TotalSeconds:0.0} s"));

        await service.KillSiloAsync("node1");
        var answer = await http.GetAsync($"/api/v1/tenants/{tenants[0]}");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.NotNull(answer.Headers.RetryAfter);

        service.StartSilo("node1");
        await service.ReadyAsync();
        await http.GetAsync($"/api/v1/tenants/{tenants[0]}").BodyAsync();
    }

    /// <summary>A read and a command: both survive.</summary>
    private static async Task<TimeSpan> TimedAsync(HttpClient http, string tenant)
    {
        var since = TimeProvider.System.GetTimestamp();
        await http.PostAsync($"/api/v1/tenants/{tenant}/acceptances", new { document = "general-conditions", version = "1", textSha256 = new string('b', 64), acceptedBy = "A" })
            .BodyAsync(HttpStatusCode.Created);
        await http.GetAsync($"/api/v1/tenants/{tenant}").BodyAsync();
        return TimeProvider.System.GetElapsedTime(since);
    }
}
