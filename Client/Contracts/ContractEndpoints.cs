using BackupOnline.Client.Access;
using BackupOnline.Client.Answers;
using BackupOnline.Client.Cluster;
using BackupOnline.Grains.Interfaces.Contracts;
using BackupOnline.Grains.Interfaces.Names;
using BackupOnline.Grains.Interfaces.Replies;
using Microsoft.AspNetCore.Http.HttpResults;

namespace BackupOnline.Client.Contracts;

/// <summary><c>/tenants/{tenant}/contract</c>: order, term, end (contract articles 1, 2, 4, 5, 9).</summary>
internal static class ContractEndpoints
{
    public static void MapContracts(this ApiGroups api)
    {
        var contract = api.Tenant.MapGroup("/contract").WithTags("Contract");
        contract.MapGet("/", ReadAsync).RequireAuthorization(Policies.ReaderOrHost).Named("readContract", "Reads the contract as it stands now: term, renewal, notice, credits, cap");
        contract.MapPost("/", OrderAsync).RequireAuthorization(Policies.Operator).Named("orderContract", "Orders the contract; wants both documents accepted; the first payment starts it");
        contract.MapPost("/termination", NoticeAsync).RequireAuthorization(Policies.Manager).Named("terminateContract", "Gives notice for the end of the period, or at once where the law allows it");
        contract.MapDelete("/termination", WithdrawAsync).RequireAuthorization(Policies.Manager).Named("withdrawTermination", "Takes a notice back while the contract still runs");
        contract.MapPost("/suspension", SuspendAsync).RequireAuthorization(Policies.Operator).Named("suspendContract", "Suspends or resumes; the tenant's service follows, the term runs on");
        contract.MapPost("/abuse", ProposeAsync).RequireAuthorization(Policies.Operator).Named("proposeAbuseTermination", "The first of two persons proposes to end the contract for abuse");
        contract.MapPost("/abuse/judgement", JudgeAsync).RequireAuthorization(Policies.Operator).Named("judgeAbuseTermination", "The second person confirms, which ends the contract at once without refund, or rejects");
        contract.MapPost("/price", PriceAsync).RequireAuthorization(Policies.Operator).Named("changePrice", "Sets the price from the next period on");
        contract.MapPost("/refund", RefundAsync).RequireAuthorization(Policies.Operator).Named("recordRefund", "Records that the refund that is owed was paid out");
        contract.MapPost("/erasure", EraseAsync).RequireAuthorization(Policies.Operator).Named("certifyErasure", "Records the certificate of the erasure, once it is due");
    }

    private static Task<Results<Ok<ContractView>, ProblemHttpResult>> ReadAsync(string tenant, HttpContext http, ClusterCalls cluster) =>
        AskAsync(tenant, http, cluster, contract => contract.ReadAsync(CancellationToken.None));

    private static async Task<Results<Created<ContractView>, Ok<ContractView>, ProblemHttpResult>> OrderAsync(
        string tenant, OrderContractBody body, HttpContext http, ClusterCalls cluster)
    {
        var request = new OrderContract
        {
            Caller = CallerOf.Request(http),
            ClientClass = body.ClientClass,
            PriceCents = body.PriceCents,
            Currency = body.Currency,
            Contact = body.Contact,
        };
        var reply = await cluster.AskAsync(grains => grains.Get(new ContractKey(tenant)).OrderAsync(request, CancellationToken.None), http.RequestAborted);
        return Answer.Made(http, reply, $"/tenants/{tenant}/contract");
    }

    private static Task<Results<Ok<ContractView>, ProblemHttpResult>> NoticeAsync(string tenant, GiveNoticeBody body, HttpContext http, ClusterCalls cluster)
    {
        var request = new GiveNotice { Caller = CallerOf.Request(http), AtOnce = body.AtOnce, Reason = body.Reason };
        return AskAsync(tenant, http, cluster, contract => contract.GiveNoticeAsync(request, CancellationToken.None));
    }

    private static Task<Results<Ok<ContractView>, ProblemHttpResult>> WithdrawAsync(string tenant, HttpContext http, ClusterCalls cluster)
    {
        var request = new WithdrawNotice { Caller = CallerOf.Request(http) };
        return AskAsync(tenant, http, cluster, contract => contract.WithdrawNoticeAsync(request, CancellationToken.None));
    }

    private static Task<Results<Ok<ContractView>, ProblemHttpResult>> SuspendAsync(string tenant, SuspendContractBody body, HttpContext http, ClusterCalls cluster)
    {
        var request = new SuspendContract { Caller = CallerOf.Request(http), Suspended = body.Suspended, Reason = body.Reason };
        return AskAsync(tenant, http, cluster, contract => contract.SuspendAsync(request, CancellationToken.None));
    }

    private static Task<Results<Ok<ContractView>, ProblemHttpResult>> ProposeAsync(string tenant, ReasonBody body, HttpContext http, ClusterCalls cluster)
    {
        var request = new ProposeAbuseTermination { Caller = CallerOf.Request(http), Reason = body.Reason };
        return AskAsync(tenant, http, cluster, contract => contract.ProposeAbuseTerminationAsync(request, CancellationToken.None));
    }

    private static Task<Results<Ok<ContractView>, ProblemHttpResult>> JudgeAsync(string tenant, JudgeAbuseBody body, HttpContext http, ClusterCalls cluster)
    {
        var request = new JudgeAbuseTermination { Caller = CallerOf.Request(http), Confirmed = body.Confirmed, Reason = body.Reason };
        return AskAsync(tenant, http, cluster, contract => contract.JudgeAbuseTerminationAsync(request, CancellationToken.None));
    }

    private static Task<Results<Ok<ContractView>, ProblemHttpResult>> PriceAsync(string tenant, ChangePriceBody body, HttpContext http, ClusterCalls cluster)
    {
        var request = new ChangePrice { Caller = CallerOf.Request(http), PriceCents = body.PriceCents };
        return AskAsync(tenant, http, cluster, contract => contract.ChangePriceAsync(request, CancellationToken.None));
    }

    private static Task<Results<Ok<ContractView>, ProblemHttpResult>> RefundAsync(string tenant, RecordRefundBody body, HttpContext http, ClusterCalls cluster)
    {
        var request = new RecordRefund { Caller = CallerOf.Request(http), Reference = body.Reference };
        return AskAsync(tenant, http, cluster, contract => contract.RecordRefundAsync(request, CancellationToken.None));
    }

    private static Task<Results<Ok<ContractView>, ProblemHttpResult>> EraseAsync(string tenant, CertifyErasureBody body, HttpContext http, ClusterCalls cluster)
    {
        var request = new CertifyErasure { Caller = CallerOf.Request(http), CertificateSha256 = body.CertificateSha256 };
        return AskAsync(tenant, http, cluster, contract => contract.CertifyErasureAsync(request, CancellationToken.None));
    }

    private static async Task<Results<Ok<ContractView>, ProblemHttpResult>> AskAsync(
        string tenant, HttpContext http, ClusterCalls cluster, Func<IContractGrain, Task<Reply<ContractView>>> ask) =>
        Answer.Of(http, await cluster.AskAsync(grains => ask(grains.Get(new ContractKey(tenant))), http.RequestAborted));
}
