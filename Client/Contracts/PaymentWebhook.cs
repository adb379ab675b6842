using System.Text.Json;
using BackupOnline.Client.Access;
using BackupOnline.Client.Answers;
using BackupOnline.Client.Cluster;
using BackupOnline.Client.Listening;
using BackupOnline.Client.Problems;
using BackupOnline.Grains.Interfaces.Contracts;
using BackupOnline.Grains.Interfaces.Names;
using BackupOnline.Grains.Interfaces.Replies;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;

namespace BackupOnline.Client.Contracts;

/// <summary><c>/webhooks/payments</c>: the payment service tells of a payment; its signature stands for a key.</summary>
internal static class PaymentWebhook
{
    private const string Actor = "payment-service";

    public static void AddPayments(this WebApplicationBuilder builder, PaymentSecrets secrets) => builder.Services.AddSingleton(secrets);

    public static void MapPaymentWebhook(this ApiGroups api) => api.Root.MapPost("/webhooks/payments", TakeAsync).AllowAnonymous()
        .Accepts<PaymentMessage>("application/json").WithTags("Contract").Named("takePayment", "The payment service tells of a payment, signed by HMAC-SHA256 over id.timestamp.body");

    private static async Task<Results<Created<PaymentView>, Ok<PaymentView>, ProblemHttpResult>> TakeAsync(
        HttpContext http, PaymentSecrets secrets, GuessGuard guard, IOptions<JsonOptions> json, TimeProvider time, ClusterCalls cluster)
    {
        if (secrets.Keys.IsEmpty)
        {
            return Problem.Later(
                StatusCodes.Status503ServiceUnavailable, "payments-not-configured", "This door knows no secret of the payment service yet. Set BACKUPONLINE_PAYMENT_SECRET_FILE.",
                TimeSpan.FromMinutes(5));
        }
        var id = (string?)http.Request.Headers[WebhookSignature.IdHeader];
        var isStale = false;
        var (wait, body) = await guard.TryAsync(http, async () =>
        {
            var bytes = await ReadAsync(http);
            var verdict = WebhookSignature.Judge(
                secrets, id, http.Request.Headers[WebhookSignature.TimestampHeader], http.Request.Headers[WebhookSignature.SignatureHeader], bytes, time.GetUtcNow());
            isStale = verdict == WebhookVerdict.Stale;
            return verdict == WebhookVerdict.Forged ? null : bytes;
        });
        if (wait > TimeSpan.Zero)
            return Problem.Later(StatusCodes.Status429TooManyRequests, "too-many-wrong-keys", "Too many wrong signatures came from this address. Wait, then try again.", wait);
        if (body is null)
        {
            return Problem.Of(
                StatusCodes.Status401Unauthorized, "webhook-signature-wrong",
                "Sign with the shared secret: webhook-id, webhook-timestamp and webhook-signature 'v1,' and base64 of HMAC-SHA256 over id.timestamp.body.");
        }
        if (isStale)
            return Problem.Of(StatusCodes.Status401Unauthorized, "webhook-stale", "The message is older or newer than 5 minutes. Check the clock, and sign each attempt anew.");

        PaymentMessage message;
        try
        {
            message = JsonSerializer.Deserialize<PaymentMessage>(body, json.Value.SerializerOptions) ?? throw new JsonException();
        }
        catch (JsonException fault)
        {
            return Problem.Invalid(JsonAdvice.For(fault, typeof(PaymentMessage)));
        }
        if (message.Faults() is { Count: > 0 } faults)
            return Problem.Invalid(faults);

        var request = new RecordPayment
        {
            Caller = new Caller { Operation = $"webhook/{id}", Actor = Actor, Address = CallerOf.Address(http) },
            Reference = message.Reference,
            AmountCents = message.AmountCents,
            Currency = message.Currency,
            PaidAt = message.PaidAt,
        };
        var reply = await cluster.AskAsync(grains => grains.Get(new ContractKey(message.Tenant)).RecordPaymentAsync(request, CancellationToken.None), http.RequestAborted);
        if (!reply.Succeeded)
            return Problem.From(reply.Refusal);
        return reply.IsFirst ? TypedResults.Created($"/api/v1/tenants/{message.Tenant}/payments", reply.Value) : TypedResults.Ok(reply.Value);
    }

    // The very bytes that were signed; Kestrel refuses what is larger than any body of this door.
    private static async Task<byte[]> ReadAsync(HttpContext http)
    {
        using var bytes = new MemoryStream(Math.Min((int)(http.Request.ContentLength ?? 0), Listener.LargestBodyBytes));
        await http.Request.Body.CopyToAsync(bytes, http.RequestAborted);
        return bytes.ToArray();
    }
}
