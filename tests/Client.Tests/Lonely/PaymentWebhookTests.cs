using System.Net;
using System.Security.Cryptography;
using System.Text;
using BackupOnline.Client.Settings;

namespace BackupOnline.Client.Tests.Lonely;

/// <summary>The payment service's road into a door, up to the cluster.</summary>
public sealed class PaymentWebhookTests(LonelyDoor door)
{
    private const string Route = "/api/v1/webhooks/payments";
    private const string Secret = "a-secret-of-at-least-24-bytes";
    private const string Body = """{"tenant":"acme","reference":"pi_1","amountCents":29970,"currency":"EUR","paidAt":"2026-01-15T10:00:00Z"}""";

    [Fact]
    public async Task Without_a_secret_even_a_signed_message_waits_and_the_answer_names_the_setting()
    {
        var answer = await TellAsync(door.Http, Secret);

        var problem = await (await TellAsync(door.Http, Secret)).Content.ReadAsStringAsync();
        await answer.IsProblemAsync(HttpStatusCode.ServiceUnavailable, "payments-not-configured");
        Assert.Equal(TimeSpan.FromMinutes(5), answer.Headers.RetryAfter?.Delta);
        Assert.Contains(DoorSettings.PaymentFileVariable, problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_secrets_of_a_file_open_the_route_and_no_other_does()
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "secrets");
        await File.WriteAllTextAsync(file, $"the-next-secret-of-24-bytes\n{Secret}\n");
        var read = SettingsReader.Read(new Dictionary<string, string?> { [DoorSettings.PaymentFileVariable] = file }.GetValueOrDefault).Settings!;
        using var http = new HttpClient { BaseAddress = await door.OpenAsync(settings => settings with { PaymentSecrets = read.PaymentSecrets }) };

        await (await TellAsync(http, Secret)).IsProblemAsync(HttpStatusCode.ServiceUnavailable, "cluster-unavailable");
        await (await TellAsync(http, "the-next-secret-of-24-bytes")).IsProblemAsync(HttpStatusCode.ServiceUnavailable, "cluster-unavailable");
        await (await TellAsync(http, "another-secret-of-24-bytes")).IsProblemAsync(HttpStatusCode.Unauthorized, "webhook-signature-wrong");
    }

    private static async Task<HttpResponseMessage> TellAsync(HttpClient http, string secret)
    {
        var timestamp = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        using var request = new HttpRequestMessage(HttpMethod.Post, Route);
        request.Content = new StringContent(Body, Encoding.UTF8, "application/json");
        request.Headers.Add("webhook-id", "evt_1");
        request.Headers.Add("webhook-timestamp", $"{timestamp}");
        request.Headers.Add("webhook-signature", $"v1,{Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes($"evt_1.{timestamp}.{Body}")))}");
        return await http.SendAsync(request);
    }
}
