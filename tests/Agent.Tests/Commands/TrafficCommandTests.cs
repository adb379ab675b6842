using BackupOnline.Agent.Tests.Running;

namespace BackupOnline.Agent.Tests.Commands;

/// <summary>What the service knows of this customer, asked with the host's key.</summary>
public sealed class TrafficCommandTests : IAsyncLifetime
{
    private const string Month = """
        {"month":"2026-11","sealed":false,"samples":8640,"elapsed":100,"freeSamples":432,"limitBytes":187500000,"p95Bytes":0,"correctedP95Bytes":0,"series":"in","exceeded":false,
         "totalInBytes":7516192768,"totalOutBytes":1024,"creditsUsed":2,"creditsLeft":430,"forecastBytes":375000000,
         "burst":{"standing":"conformity","burstKbps":100000,"quietCeilingKbps":5000,"reason":"exceeded"},"nextBurst":{"standing":"free","burstKbps":100000,"reason":"conform"}}
        """;

    private readonly Machine _machine = new();
    private TinyServer _door = null!;

    public async ValueTask InitializeAsync()
    {
        _door = new TinyServer(asked => asked.Path switch
        {
            "/api/v1/enrolments" => new TinyServer.Answer(201, """
                {"tenant":"acme","host":"office","vault":"main","key":"boh_acme_office_secret","url":"http://127.0.0.1:9/acme/main/","credential":{"keyId":"k1","secret":"s"}}
                """),
            "/api/v1/tenants/acme/usage" => new TinyServer.Answer(200, $$$"""
                {"tenant":"acme","quotaBytes":1073741824,"vaults":[{"name":"main","storedBytes":2048,"storedObjects":3,"quotaBytes":null,"usageAt":null,"lastSnapshotAt":null}],"traffic":{{{Month}}}}
                """),
            "/api/v1/tenants/acme/traffic/current/statement" => new TinyServer.Answer(200, $$$"""
                {"month":{{{Month}}},"rule":[],"curve":[{"position":1,"slot":5,"startsAt":"2026-11-01T00:00:00Z","bytes":3750000000,"bitsPerSecond":100000000}],"deciding":null,"jobsAbove":[]}
                """),
            _ => new TinyServer.Answer(404, """{"status":404,"code":"month-not-begun","detail":"This month has not begun."}"""),
        });
        _machine.With("BACKUPONLINE_CODE", "boe_acme_office_0123456789").With("BACKUPONLINE_RETRY_FOR", "0");
        (await _machine.RunAsync("enroll", "--server", _door.Url.ToString())).ShouldEndWith(0);
    }

    public async ValueTask DisposeAsync()
    {
        await _door.DisposeAsync();
        _machine.Dispose();
    }

    [Fact]
    public async Task Usage_shows_vaults_quota_and_traffic_with_the_host_s_key()
    {
        var ended = (await _machine.RunAsync("usage")).ShouldEndWith(0);
        Assert.Contains("2.000 KiB", ended.Output, StringComparison.Ordinal);
        Assert.Contains("1.000 GiB", ended.Output, StringComparison.Ordinal);
        Assert.Contains("7.000 GiB", ended.Output, StringComparison.Ordinal);
        Assert.Equal("Bearer boh_acme_office_secret", Assert.Single(_door.To("/api/v1/tenants/acme/usage")).Authorization);
        Assert.Contains("\"message_type\":\"usage\"", (await _machine.RunAsync("usage", "--json")).ShouldEndWith(0).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task P95_shows_bound_credits_forecast_and_a_picture()
    {
        var ended = (await _machine.RunAsync("p95")).ShouldEndWith(0);
        foreach (var part in new[] { "0 Mbit/s", "2 of 432", "430 left", "10 Mbit/s", "100 Mbit/s", "|", "#" }) Assert.Contains(part, ended.Output, StringComparison.Ordinal);
        Assert.Contains("credits_left\":430", (await _machine.RunAsync("p95", "--json")).ShouldEndWith(0).Output, StringComparison.Ordinal);
        Assert.Contains("95e centile", (await _machine.With("BACKUPONLINE_LANG", "fr").RunAsync("p95")).ShouldEndWith(0).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refusal_is_said_as_the_service_says_it()
    {
        var ended = (await _machine.RunAsync("p95", "2199-01")).ShouldEndWith(1);
        Assert.Contains("This month has not begun.", ended.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_an_enrolment_it_says_what_to_do()
    {
        using var machine = new Machine();
        Assert.Contains("enroll", (await machine.RunAsync("usage")).ShouldEndWith(1).Error, StringComparison.Ordinal);
    }
}
