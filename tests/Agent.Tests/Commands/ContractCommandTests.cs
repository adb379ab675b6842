using System.Text.Json;
using BackupOnline.Agent.Tests.Running;

namespace BackupOnline.Agent.Tests.Commands;

/// <summary>The verb <c>contract</c> of an enrolled machine.</summary>
public sealed class ContractCommandTests : IAsyncLifetime
{
    private const string HostKey = "boh_acme_office_TopSecretOfTheHost";
    private readonly Machine _machine = new();
    private TinyServer _door = null!;
    private TinyServer.Answer _contract = new(200, """
        {"tenant":"acme","standing":"renewed","firstPaymentAt":"2026-01-15T10:00:00+00:00","period":{"index":2,"start":"2026-04-14T22:00:00+00:00","end":"2026-07-16T22:00:00+00:00",
        "endDate":"2026-07-17","nominalEndDate":"2026-07-15","creditSeconds":129605,"priceCents":29970},"renewsOn":"2026-07-17","lastDayForNotice":"2026-07-16","creditSeconds":129605,
        "currency":"EUR","liabilityCapCents":29970,"mayLeaveAtOnce":false,"suspended":false,"termination":{"kind":"notice","endsAt":"2026-07-16T22:00:00+00:00"},"timeZone":"Europe/Paris","version":7}
        """);

    public async ValueTask InitializeAsync()
    {
        _door = new TinyServer(asked => asked.Path switch
        {
            "/api/v1/enrolments" => new TinyServer.Answer(201, JsonSerializer.Serialize(new
            {
                tenant = "acme",
                host = "office",
                vault = "main",
                key = HostKey,
                url = "http://127.0.0.1:1/acme/main/",
                credential = new { keyId = "k1", secret = "s" },
            })),
            _ => _contract,
        });
        _machine.With("BACKUPONLINE_CODE", "boe_acme_office_0123456789");
        (await _machine.RunAsync("enroll", "--server", _door.Url.ToString())).ShouldEndWith(0);
    }

    public async ValueTask DisposeAsync()
    {
        await _door.DisposeAsync();
        _machine.Dispose();
    }

    [Fact]
    public async Task It_shows_term_renewal_notice_credits_and_cap_with_the_host_s_key()
    {
        var ended = (await _machine.RunAsync("contract")).ShouldEndWith(0);

        Assert.Equal("Bearer " + HostKey, Assert.Single(_door.To("/api/v1/tenants/acme/contract")).Authorization);
        Assert.Contains("Contract of acme: active, tacitly renewed", ended.Output, StringComparison.Ordinal);
        Assert.Contains("Renews tacitly on 2026-07-17; last day for a notice: 2026-07-16", ended.Output, StringComparison.Ordinal);
        Assert.Contains("36:00:05", ended.Output, StringComparison.Ordinal);
        Assert.Contains("price of the period: 299.70 EUR", ended.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Its_days_are_those_of_the_contract_s_zone_wherever_the_machine_stands()
    {
        var ended = (await _machine.With("TZ", "America/New_York").RunAsync("contract")).ShouldEndWith(0);

        Assert.Contains("2026-04-15 to 2026-07-17", ended.Output, StringComparison.Ordinal);
        Assert.Contains("Ends on 2026-07-17", ended.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_speaks_french_and_json()
    {
        var french = (await _machine.With("BACKUPONLINE_LANG", "fr").RunAsync("contract")).ShouldEndWith(0);
        Assert.Contains("Reconduction tacite le 2026-07-17 ; dernier jour pour résilier : 2026-07-16", french.Output, StringComparison.Ordinal);

        using var line = JsonDocument.Parse((await _machine.RunAsync("contract", "--json")).ShouldEndWith(0).Output);
        Assert.Equal(
            ("contract", "acme", "renewed", "2026-07-16", 129605L, 29970L),
            (Text("message_type"), Text("tenant"), Text("standing"), Text("last_day_for_notice"), Number("credit_seconds"), Number("liability_cap_cents")));

        string? Text(string name) => line.RootElement.GetProperty(name).GetString();

        long Number(string name) => line.RootElement.GetProperty(name).GetInt64();
    }

    [Fact]
    public async Task What_cannot_be_shown_is_said_with_a_code_of_its_own()
    {
        _contract = new(404, """{"status":404,"code":"contract-not-found","detail":"There is no such contract. Check the name."}""");
        Assert.Contains("No contract is ordered for acme yet", (await _machine.RunAsync("contract")).ShouldEndWith(1).Error, StringComparison.Ordinal);
        _contract = new(401, """{"status":401,"code":"unauthenticated","detail":"No such key."}""");
        (await _machine.RunAsync("contract")).ShouldEndWith(23);
        _contract = new(503);
        (await _machine.RunAsync("contract")).ShouldEndWith(24);
    }
}
