using BackupOnline.Client.Access;
using BackupOnline.Client.Answers;
using BackupOnline.Client.Cluster;
using BackupOnline.Client.Problems;
using BackupOnline.Grains.Interfaces.Names;
using BackupOnline.Grains.Interfaces.Tenants;
using Microsoft.AspNetCore.Http.HttpResults;

namespace BackupOnline.Client.Tenants;

/// <summary><c>/tenants/{tenant}/acceptances</c>: contract articles 1 and 2.</summary>
internal static class AcceptanceEndpoints
{
    public static void MapAcceptances(this ApiGroups api)
    {
        var acceptances = api.Tenant.MapGroup("/acceptances").WithTags("Acceptances");
        acceptances.MapPost("/", AcceptAsync).RequireAuthorization(Policies.Manager).Named("acceptTerms", "Records who accepted which text of the conditions");
        acceptances.MapGet("/", ListAsync).RequireAuthorization(Policies.Reader).Named("listAcceptances", "Lists the accepted texts, in order of time");
    }

    private static async Task<Results<Created<AcceptanceView>, Ok<AcceptanceView>, ProblemHttpResult>> AcceptAsync(
        string tenant, AcceptTermsBody body, HttpContext http, ClusterCalls cluster)
    {
        var request = new AcceptTerms
        {
            Caller = CallerOf.Request(http),
            Document = body.Document,
            Version = body.Version,
            TextSha256 = body.TextSha256,
            AcceptedBy = body.AcceptedBy,
        };
        var reply = await cluster.AskAsync(grains => grains.Get(new TenantKey(tenant)).AcceptTermsAsync(request, CancellationToken.None), http.RequestAborted);
        return Answer.Made(http, reply, $"/tenants/{tenant}/acceptances");
    }

    private static async Task<Results<Ok<Page<AcceptanceView>>, ProblemHttpResult>> ListAsync(
        string tenant, [AsParameters] PageQuery page, HttpContext http, ClusterCalls cluster)
    {
        if (page.Fault() is { } fault)
            return fault;
        var reply = await cluster.AskAsync(grains => grains.Get(new TenantKey(tenant)).AcceptancesAsync(CancellationToken.None), http.RequestAborted);
        return reply.Succeeded
            ? TypedResults.Ok(page.Of(reply.Value.Items, item => $"{item.Document}.{item.Version}"))
            : Problem.From(reply.Refusal);
    }
}
