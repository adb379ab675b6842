using BackupOnline.Client.Access;
using BackupOnline.Client.Answers;
using BackupOnline.Client.Cluster;
using BackupOnline.Client.Problems;
using BackupOnline.Grains.Interfaces.Names;
using BackupOnline.Grains.Interfaces.Tenants;
using BackupOnline.Persistence.Storage;
using Microsoft.AspNetCore.Http.HttpResults;

namespace BackupOnline.Client.Tenants;

/// <summary><c>/tenants</c>: the customers.</summary>
internal static class TenantEndpoints
{
    public static void MapTenants(this ApiGroups api)
    {
        var all = api.Root.MapGroup("/tenants").WithTags("Tenants");
        all.MapPost("/", CreateAsync).RequireAuthorization(Policies.Operator).Named("createTenant", "Admits a customer");
        all.MapGet("/", ListAsync).RequireAuthorization(Policies.Reader).Named("listTenants", "Lists customers; a customer's key sees itself");

        var one = api.Tenant.MapGroup("/").WithTags("Tenants");
        one.MapGet("/", ReadAsync).RequireAuthorization(Policies.Reader).Named("readTenant", "Reads a customer");
        one.MapPut("/", EditAsync).RequireAuthorization(Policies.Operator).Named("editTenant", "Changes name and quota; wants If-Match");
        one.MapPost("/suspension", SuspendAsync).RequireAuthorization(Policies.Operator).Named("suspendTenant", "Suspends or resumes the service of a customer");
    }

    private static async Task<Results<Created<TenantView>, Ok<TenantView>, ProblemHttpResult>> CreateAsync(CreateTenantBody body, HttpContext http, ClusterCalls cluster)
    {
        if (!NameRule.MayNameTenant(body.Name))
            return Problem.Invalid([new("name", "is reserved. Choose another one.")]);
        var request = new CreateTenant { Caller = CallerOf.Request(http), DisplayName = body.DisplayName, QuotaBytes = body.QuotaBytes };
        var reply = await cluster.AskAsync(grains => grains.Get(new TenantKey(body.Name)).CreateAsync(request, CancellationToken.None), http.RequestAborted);
        return Answer.Made(http, reply, $"/tenants/{body.Name}");
    }

    private static async Task<Results<Ok<Page<TenantView>>, ProblemHttpResult>> ListAsync([AsParameters] PageQuery page, HttpContext http, Lists lists, ClusterCalls cluster)
    {
        if (page.Fault() is { } fault)
            return fault;
        var visitor = Visitor.Of(http);
        if (visitor.IsOperator)
            return TypedResults.Ok(await lists.PageAsync<TenantView>(ListingKind.Tenant, LogKey.Provider, page, http.RequestAborted));
        var own = await cluster.AskAsync(grains => grains.Get(new TenantKey(visitor.Scope)).ReadAsync(CancellationToken.None), http.RequestAborted);
        return own.Succeeded ? TypedResults.Ok(page.Of([own.Value], view => view.Name)) : Problem.From(own.Refusal);
    }

    private static async Task<Results<Ok<TenantView>, ProblemHttpResult>> ReadAsync(string tenant, HttpContext http, ClusterCalls cluster)
    {
        var reply = await cluster.AskAsync(grains => grains.Get(new TenantKey(tenant)).ReadAsync(CancellationToken.None), http.RequestAborted);
        return Answer.Of(http, reply);
    }

    private static async Task<Results<Ok<TenantView>, ProblemHttpResult>> EditAsync(string tenant, EditTenantBody body, HttpContext http, ClusterCalls cluster)
    {
        if (Precondition.Read(http, out var version) is { } refusal)
            return refusal;
        var request = new EditTenant { Caller = CallerOf.Request(http), ExpectedVersion = version, DisplayName = body.DisplayName, QuotaBytes = body.QuotaBytes };
        var reply = await cluster.AskAsync(grains => grains.Get(new TenantKey(tenant)).EditAsync(request, CancellationToken.None), http.RequestAborted);
        return Answer.Of(http, reply);
    }

    private static async Task<Results<Ok<TenantView>, ProblemHttpResult>> SuspendAsync(string tenant, SuspendTenantBody body, HttpContext http, ClusterCalls cluster)
    {
        var request = new SuspendTenant { Caller = CallerOf.Request(http), Suspended = body.Suspended, Reason = body.Reason };
        var reply = await cluster.AskAsync(grains => grains.Get(new TenantKey(tenant)).SuspendAsync(request, CancellationToken.None), http.RequestAborted);
        return Answer.Of(http, reply);
    }
}
