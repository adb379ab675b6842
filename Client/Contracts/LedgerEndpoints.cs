using BackupOnline.Client.Access;
using BackupOnline.Client.Answers;
using BackupOnline.Client.Cluster;
using BackupOnline.Client.Problems;
using BackupOnline.Grains.Interfaces.Contracts;
using BackupOnline.Grains.Interfaces.Names;
using Microsoft.AspNetCore.Http.HttpResults;

namespace BackupOnline.Client.Contracts;

/// <summary><c>/tenants/{tenant}/payments</c>, <c>/notices</c> and <c>/credits</c>: what a contract keeps lists of.</summary>
internal static class LedgerEndpoints
{
    public static void MapContractLedgers(this ApiGroups api)
    {
        var payments = api.Tenant.MapGroup("/payments").WithTags("Contract");
        payments.MapGet("/", PaymentsAsync).RequireAuthorization(Policies.Reader).Named("listPayments", "Lists the payments, in the order in which they were recorded");
        payments.MapPost("/", PayAsync).RequireAuthorization(Policies.Operator).Named("recordPayment", "Records a payment; the same reference is the same payment");

        var notices = api.Tenant.MapGroup("/notices").WithTags("Contract");
        notices.MapGet("/", NoticesAsync).RequireAuthorization(Policies.Reader).Named("listNotices", "Lists what the customer has to be told, when, and what was");
        notices.MapPost("/{notice}", GivenAsync).RequireAuthorization(Policies.Operator).Named("recordNotice", "Records that a notice was given");

        var credits = api.Tenant.MapGroup("/credits").WithTags("Contract");
        credits.MapGet("/", CreditsAsync).RequireAuthorization(Policies.Reader).Named("listCredits", "Lists the sealed months and what they credit to the term");
    }

    private static async Task<Results<Ok<Page<PaymentView>>, ProblemHttpResult>> PaymentsAsync(string tenant, [AsParameters] PageQuery page, HttpContext http, ClusterCalls cluster)
    {
        if (page.Fault() is { } fault)
            return fault;
        var reply = await cluster.AskAsync(grains => grains.Get(new ContractKey(tenant)).PaymentsAsync(CancellationToken.None), http.RequestAborted);
        return reply.Succeeded ? TypedResults.Ok(page.Of(reply.Value.Items, item => item.Reference)) : Problem.From(reply.Refusal);
    }

    private static async Task<Results<Created<PaymentView>, Ok<PaymentView>, ProblemHttpResult>> PayAsync(
        string tenant, RecordPaymentBody body, HttpContext http, ClusterCalls cluster)
    {
        var request = new RecordPayment
        {
            Caller = CallerOf.Request(http),
            Reference = body.Reference,
            AmountCents = body.AmountCents,
            Currency = body.Currency,
            PaidAt = body.PaidAt,
        };
        var reply = await cluster.AskAsync(grains => grains.Get(new ContractKey(tenant)).RecordPaymentAsync(request, CancellationToken.None), http.RequestAborted);

        // The reference alone says which payment it is: told again it is 200, with or without an Idempotency-Key.
        if (!reply.Succeeded)
            return Problem.From(reply.Refusal);
        return reply.IsFirst ? TypedResults.Created($"/api/v1/tenants/{tenant}/payments", reply.Value) : TypedResults.Ok(reply.Value);
    }

    private static async Task<Results<Ok<Page<NoticeView>>, ProblemHttpResult>> NoticesAsync(string tenant, [AsParameters] PageQuery page, HttpContext http, ClusterCalls cluster)
    {
        if (page.Fault() is { } fault)
            return fault;
        var reply = await cluster.AskAsync(grains => grains.Get(new ContractKey(tenant)).NoticesAsync(CancellationToken.None), http.RequestAborted);
        return reply.Succeeded ? TypedResults.Ok(page.Of(reply.Value.Items, item => item.Id)) : Problem.From(reply.Refusal);
    }

    private static async Task<Results<Ok<NoticeView>, ProblemHttpResult>> GivenAsync(
        string tenant, string notice, RecordNoticeBody body, HttpContext http, ClusterCalls cluster)
    {
        var request = new RecordNotice { Caller = CallerOf.Request(http), Notice = notice, SentOn = body.SentOn, Channel = body.Channel, Reference = body.Reference };
        var reply = await cluster.AskAsync(grains => grains.Get(new ContractKey(tenant)).RecordNoticeAsync(request, CancellationToken.None), http.RequestAborted);
        return Answer.Of(http, reply);
    }

    private static async Task<Results<Ok<Page<CreditView>>, ProblemHttpResult>> CreditsAsync(string tenant, [AsParameters] PageQuery page, HttpContext http, ClusterCalls cluster)
    {
        if (page.Fault() is { } fault)
            return fault;
        var reply = await cluster.AskAsync(grains => grains.Get(new ContractKey(tenant)).CreditsAsync(CancellationToken.None), http.RequestAborted);
        return reply.Succeeded ? TypedResults.Ok(page.Of(reply.Value.Items, item => item.Month)) : Problem.From(reply.Refusal);
    }
}
