using System.Collections.Concurrent;
using BackupOnline.Client.Answers;
using BackupOnline.Client.Cluster;
using BackupOnline.Client.Problems;
using BackupOnline.Grains.Interfaces.Names;
using BackupOnline.Grains.Interfaces.Replies;

namespace BackupOnline.Client.Access;

/// <summary>
/// Stands before everything under <c>/tenants/{tenant}</c>, and is the only place that keeps tenants apart: a tenant that is not the key's, does not exist or is
/// malformed gets the same 404. A tenant's key is compared with the path alone, so that no time tells whether a foreign tenant exists.
/// </summary>
internal sealed class TenantGate(ClusterCalls cluster, OperatorReads reads) : IEndpointFilter
{
    // Tenants are never deleted; only operators reach this, so it is as small as the number of customers.
    private readonly ConcurrentDictionary<string, byte> existing = new(StringComparer.Ordinal);

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var refusal = await JudgeAsync(http, (string?)http.Request.RouteValues["tenant"]);
        if (refusal is not null)
            return refusal;
        var wrong = RouteName.FirstMalformed(http.Request.RouteValues);
        return wrong is null ? await next(context) : Problem.Unknown(wrong);
    }

    /// <summary>Null when the visitor may go on.</summary>
    public async Task<IResult?> JudgeAsync(HttpContext http, string? tenant)
    {
        var visitor = Visitor.Of(http);
        if (tenant is null || !NameRule.MayNameTenant(tenant) || !visitor.MaySee(tenant) || (visitor.IsOperator && !await ExistsAsync(tenant, http)))
            return Problem.Unknown("tenant");
        if (HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method))
            await reads.NoteAsync(visitor, tenant, KindOf(http), CallerOf.Address(http), http.RequestAborted);
        return null;
    }

    private async Task<bool> ExistsAsync(string tenant, HttpContext http)
    {
        if (existing.ContainsKey(tenant))
            return true;
        var reply = await cluster.AskAsync(grains => grains.Get(new TenantKey(tenant)).ReadAsync(CancellationToken.None), http.RequestAborted);
        if (reply.Refusal?.Kind == RefusalKind.NotFound)
            return false;
        existing.TryAdd(tenant, 0);
        return true;
    }

    /// <summary><c>/api/v1/tenants/{tenant}/vaults/...</c> is of the kind <c>vaults</c>; the tenant itself <c>tenant</c>; <c>/api/v1/jobs/{id}</c> <c>jobs</c>.</summary>
    private static string KindOf(HttpContext http)
    {
        var parts = (http.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText?.Split('/', StringSplitOptions.RemoveEmptyEntries) ?? [];
        return parts.Length > 2 && parts[2] == "jobs" ? "jobs" : parts.Length > 4 ? parts[4] : "tenant";
    }
}
