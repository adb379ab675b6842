using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace BackupOnline.Client.Tests.Live;

public sealed class ContractTests(OneSilo one)
{
    private static readonly byte[] Key = Convert.FromBase64String(LiveService.PaymentSecret["whsec_".Length..]);
    private readonly LiveService service = one.Service;

    [Fact]
    public async Task A_contract_is_ordered_paid_read_ended_and_its_payments_are_listed()
    {
        var tenant = await service.NewTenantAsync();
        using var http = service.Operator();
        await http.GetAsync($"/api/v1/tenants/{tenant}/contract").IsProblemAsync(HttpStatusCode.NotFound, "contract-not-found");

        var ordered = await OrderAsync(http, tenant).BodyAsync(HttpStatusCode.Created);
        Assert.Equal(("ordered", "consumer"), (ordered.Text("standing"), ordered.Text("clientClass")));
        await OrderAsync(http, tenant).IsProblemAsync(HttpStatusCode.Conflict, "contract-exists");
        var payment = new { reference = "pi_1", amountCents = 29970, currency = "EUR", paidAt = DateTimeOffset.UnixEpoch };
        await http.PostAsync($"/api/v1/tenants/{tenant}/payments", payment).IsProblemAsync(HttpStatusCode.BadRequest, "payment-before-order");
        var paidAt = ordered.GetProperty("orderedAt").GetDateTimeOffset();
        foreach (var wrong in (string[])["2026-11-30T22:28:00", "2026-11-30", "tomorrow"])
        {
            var refused = await http.PostAsync($"/api/v1/tenants/{tenant}/payments", new { reference = "pi_1", amountCents = 29970, currency = "EUR", paidAt = wrong })
                .IsProblemAsync(HttpStatusCode.BadRequest, "request-invalid");
            Assert.Contains("with its offset", refused.Text("detail"), StringComparison.Ordinal);
        }

        await http.PostAsync($"/api/v1/tenants/{tenant}/payments", payment with { paidAt = paidAt }).BodyAsync(HttpStatusCode.Created);
        await http.PostAsync($"/api/v1/tenants/{tenant}/payments", payment with { paidAt = paidAt }).BodyAsync(HttpStatusCode.OK);
        await http.PostAsync($"/api/v1/tenants/{tenant}/payments", payment with { paidAt = paidAt, amountCents = 1 }).IsProblemAsync(HttpStatusCode.Conflict, "payment-differs");

        var active = await http.GetAsync($"/api/v1/tenants/{tenant}/contract").BodyAsync();
        Assert.Equal(("active", 29970L), (active.Text("standing"), active.GetProperty("liabilityCapCents").GetInt64()));
        Assert.Equal(Day(active, "renewsOn").AddDays(-1), Day(active, "lastDayForNotice"));
        var payments = (await http.GetAsync($"/api/v1/tenants/{tenant}/payments").BodyAsync()).GetProperty("items");
        Assert.Equal("pi_1", Assert.Single(payments.EnumerateArray()).Text("reference"));
        var notices = (await http.GetAsync($"/api/v1/tenants/{tenant}/notices").BodyAsync()).GetProperty("items");
        Assert.Equal(("renewal-1", "it@example.com"), (notices[0].Text("id"), notices[0].Text("recipient")));
        Assert.Empty((await http.GetAsync($"/api/v1/tenants/{tenant}/credits").BodyAsync()).GetProperty("items").EnumerateArray());

        using var customer = service.Visit(await service.NewKeyAsync(tenant, "manager"));
        var ending = await customer.PostAsync($"/api/v1/tenants/{tenant}/contract/termination", new { reason = "moving" }).BodyAsync();
        Assert.Equal("noticeGiven", ending.Text("standing"));
        await customer.PostAsync($"/api/v1/tenants/{tenant}/contract/termination", new { atOnce = true }).IsProblemAsync(HttpStatusCode.Conflict, "may-not-leave-at-once");
        Assert.Equal("active", (await customer.DeleteAsync($"/api/v1/tenants/{tenant}/contract/termination").BodyAsync()).Text("standing"));
    }

    [Fact]
    public async Task Two_operators_end_a_contract_for_abuse_and_one_does_not()
    {
        var tenant = await service.NewTenantAsync();
        using var first = service.Operator();
        var ordered = await OrderAsync(first, tenant).BodyAsync(HttpStatusCode.Created);
        var payment = new { reference = "pi_1", amountCents = 29970, currency = "EUR", paidAt = ordered.GetProperty("orderedAt").GetDateTimeOffset() };
        await first.PostAsync($"/api/v1/tenants/{tenant}/payments", payment).BodyAsync(HttpStatusCode.Created);
        await first.PostAsync("/api/v1/keys", new { role = "manager" }).IsProblemAsync(HttpStatusCode.BadRequest, "role-not-here");
        var issued = await first.PostAsync("/api/v1/keys", new { role = "operator", label = "second person" }).BodyAsync(HttpStatusCode.Created);
        using var second = service.Visit(issued.Text("secret")!);

        await first.PostAsync($"/api/v1/tenants/{tenant}/contract/abuse", new { reason = "attacks" }).BodyAsync();
        await first.PostAsync($"/api/v1/tenants/{tenant}/contract/abuse/judgement", new { confirmed = true, reason = "seen" }).IsProblemAsync(HttpStatusCode.Forbidden, "same-person");
        var ended = await second.PostAsync($"/api/v1/tenants/{tenant}/contract/abuse/judgement", new { confirmed = true, reason = "seen" }).BodyAsync();

        Assert.Equal("erasureDue", ended.Text("standing"));
        var keyId = issued.GetProperty("key").Text("keyId");
        Assert.Contains((await first.GetAsync("/api/v1/keys").BodyAsync()).GetProperty("items").EnumerateArray(), key => key.Text("keyId") == keyId);
        await first.DeleteAsync($"/api/v1/keys/{keyId}").BodyAsync();
        using var customer = service.Visit(await service.NewKeyAsync(tenant, "manager"));
        Assert.Equal(HttpStatusCode.Forbidden, (await customer.GetAsync("/api/v1/keys")).StatusCode);
    }

    [Fact]
    public async Task Only_an_operator_orders_takes_payments_suspends_and_judges()
    {
        var tenant = await service.NewTenantAsync();
        using var customer = service.Visit(await service.NewKeyAsync(tenant, "manager"));
        await OrderAsync(customer, tenant).IsProblemAsync(HttpStatusCode.Forbidden, "forbidden");
        await customer.PostAsync($"/api/v1/tenants/{tenant}/payments", new { reference = "x", amountCents = 1, currency = "EUR", paidAt = DateTimeOffset.UnixEpoch })
            .IsProblemAsync(HttpStatusCode.Forbidden, "forbidden");
        foreach (var path in (string[])["suspension", "abuse", "abuse/judgement", "price", "refund", "erasure"])
            await customer.PostAsync($"/api/v1/tenants/{tenant}/contract/{path}", new { }).IsProblemAsync(HttpStatusCode.Forbidden, "forbidden");
    }

    [Fact]
    public async Task A_suspension_by_contract_suspends_the_tenant_and_one_person_cannot_end_it_for_abuse()
    {
        var tenant = await service.NewTenantAsync();
        using var http = service.Operator();
        await OrderAsync(http, tenant).BodyAsync(HttpStatusCode.Created);
        await http.PostAsync($"/api/v1/tenants/{tenant}/contract/suspension", new { suspended = true, reason = "unpaid" }).BodyAsync();
        Assert.True((await http.GetAsync($"/api/v1/tenants/{tenant}").BodyAsync()).GetProperty("suspended").GetBoolean());
        await http.PostAsync($"/api/v1/tenants/{tenant}/contract/suspension", new { suspended = false, reason = "paid" }).BodyAsync();
        Assert.False((await http.GetAsync($"/api/v1/tenants/{tenant}").BodyAsync()).GetProperty("suspended").GetBoolean());

        await TellAsync(Message(tenant, "pi_abuse")).BodyAsync(HttpStatusCode.Created);
        await http.PostAsync($"/api/v1/tenants/{tenant}/contract/abuse", new { reason = "attacks" }).BodyAsync();
        await http.PostAsync($"/api/v1/tenants/{tenant}/contract/abuse/judgement", new { confirmed = true, reason = "seen" }).IsProblemAsync(HttpStatusCode.Forbidden, "same-person");
    }

    [Fact]
    public async Task A_host_reads_its_own_tenants_contract_and_nothing_else_of_it()
    {
        var tenant = await service.NewTenantAsync();
        await service.NewVaultAsync(tenant);
        using var http = service.Operator();
        await OrderAsync(http, tenant).BodyAsync(HttpStatusCode.Created);
        using var host = service.Visit(await service.NewHostAsync(tenant, "main", "web01"));

        Assert.Equal("ordered", (await host.GetAsync($"/api/v1/tenants/{tenant}/contract").BodyAsync()).Text("standing"));
        await host.GetAsync($"/api/v1/tenants/{tenant}/payments").IsProblemAsync(HttpStatusCode.Forbidden, "forbidden");
        await host.GetAsync($"/api/v1/tenants/{await service.NewTenantAsync()}/contract").IsProblemAsync(HttpStatusCode.NotFound, "tenant-not-found");
    }

    [Fact]
    public async Task The_payment_service_tells_of_a_payment_and_repeats_itself_without_harm()
    {
        var tenant = await service.NewTenantAsync();
        using var http = service.Operator();
        await TellAsync(Message(tenant, "pi_0")).IsProblemAsync(HttpStatusCode.NotFound, "contract-not-found");
        await OrderAsync(http, tenant).BodyAsync(HttpStatusCode.Created);
        var message = Message(tenant, "pi_1");

        await TellAsync(message, id: "evt_1").BodyAsync(HttpStatusCode.Created);
        await TellAsync(message, id: "evt_1").BodyAsync();
        await TellAsync(message, id: "evt_2").BodyAsync();
        await TellAsync(message, id: "evt_3", key: Encoding.UTF8.GetBytes(LiveService.NextPaymentSecret)).BodyAsync();
        await TellAsync(Message(tenant, "pi_2"), id: "evt_1").IsProblemAsync(HttpStatusCode.Conflict, "idempotency-key-reused");
        await TellAsync(Message(tenant, "pi_1", cents: 5), id: "evt_4").IsProblemAsync(HttpStatusCode.Conflict, "payment-differs");
        await TellAsync(Message(tenant, "pi_3", currency: "USD"), id: "evt_5").IsProblemAsync(HttpStatusCode.Conflict, "currency-differs");
        await TellAsync("""{"tenant":"x"}""", id: "evt_6").IsProblemAsync(HttpStatusCode.BadRequest, "request-invalid");
        await TellAsync("nonsense", id: "evt_7").IsProblemAsync(HttpStatusCode.BadRequest, "request-invalid");

        var contract = await http.GetAsync($"/api/v1/tenants/{tenant}/contract").BodyAsync();
        Assert.Equal(("active", 29970L), (contract.Text("standing"), contract.GetProperty("paidCents").GetInt64()));
    }

    [Fact]
    public async Task A_message_that_is_forged_or_stale_changes_nothing()
    {
        var tenant = await service.NewTenantAsync();
        using var http = service.Operator();
        await OrderAsync(http, tenant).BodyAsync(HttpStatusCode.Created);
        var message = Message(tenant, "pi_1");

        await TellAsync(message, key: new byte[32], from: "127.0.7.1").IsProblemAsync(HttpStatusCode.Unauthorized, "webhook-signature-wrong");
        await TellAsync(message, at: TimeProvider.System.GetUtcNow().AddMinutes(-6), from: "127.0.7.2").IsProblemAsync(HttpStatusCode.Unauthorized, "webhook-stale");
        using var bare = service.Visit(null, "127.0.7.3");
        await bare.PostAsync("/api/v1/webhooks/payments", new { tenant }).IsProblemAsync(HttpStatusCode.Unauthorized, "webhook-signature-wrong");

        Assert.Equal("ordered", (await http.GetAsync($"/api/v1/tenants/{tenant}/contract").BodyAsync()).Text("standing"));
    }

    private static DateOnly Day(JsonElement body, string member) => DateOnly.ParseExact(body.Text(member), "yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static Task<HttpResponseMessage> OrderAsync(HttpClient http, string tenant) => http.PostAsync(
        $"/api/v1/tenants/{tenant}/contract", new { clientClass = "consumer", priceCents = 29970, currency = "EUR", contact = "it@example.com" });

    private static string Message(string tenant, string reference, long cents = 29970, string currency = "EUR") =>
        JsonSerializer.Serialize(new { tenant, reference, amountCents = cents, currency, paidAt = TimeProvider.System.GetUtcNow() });

    private async Task<HttpResponseMessage> TellAsync(string body, string id = "evt", byte[]? key = null, DateTimeOffset? at = null, string from = "127.0.0.1")
    {
        using var http = service.Visit(null, from);
        var timestamp = (at ?? TimeProvider.System.GetUtcNow()).ToUnixTimeSeconds();
        var signature = Convert.ToBase64String(HMACSHA256.HashData(key ?? Key, Encoding.UTF8.GetBytes($"{id}.{timestamp}.{body}")));
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/webhooks/payments");
        request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        request.Headers.Add("webhook-id", id);
        request.Headers.Add("webhook-timestamp", $"{timestamp}");
        request.Headers.Add("webhook-signature", $"v1,{signature}");
        return await http.SendAsync(request);
    }
}
