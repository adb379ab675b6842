using System.Collections.Immutable;
using System.Globalization;
using BackupOnline.Client.Access;
using BackupOnline.Client.Answers;
using BackupOnline.Client.Cluster;
using BackupOnline.Client.Problems;
using BackupOnline.Grains.Interfaces.Audit;
using BackupOnline.Grains.Interfaces.Names;
using BackupOnline.Persistence.Log;
using Microsoft.AspNetCore.Http.HttpResults;

namespace BackupOnline.Client.Audit;

/// <summary><c>/tenants/{tenant}/log</c> and the provider's own <c>/log</c>: kept without limit of time (contract article 6).</summary>
internal static class LogEndpoints
{
    public static void MapLogs(this ApiGroups api)
    {
        var own = api.Tenant.MapGroup("/log").WithTags("Log").RequireAuthorization(Policies.Reader);
        own.MapGet("/", (string tenant, [AsParameters] PageQuery page, HttpContext http, AuditLogReader log, ClusterCalls cluster) =>
            PageAsync(tenant, page, http, log, cluster)).Named("readLog", "Reads the customer's log, oldest first; 'after' is the number of an entry");
        own.MapGet("/checkpoint", (string tenant, HttpContext http, ClusterCalls cluster) =>
            CheckpointAsync(tenant, http, cluster)).Named("readLogCheckpoint", "Reads the log's head; keep it, to show later that nothing before it was changed");

        var provider = api.Root.MapGroup("/log").WithTags("Log").RequireAuthorization(Policies.Operator);
        provider.MapGet("/", ([AsParameters] PageQuery page, HttpContext http, AuditLogReader log, ClusterCalls cluster) =>
            PageAsync(LogKey.Provider, page, http, log, cluster)).Named("readProviderLog", "Reads the provider's own log, oldest first");
        provider.MapGet("/checkpoint", (HttpContext http, ClusterCalls cluster) =>
            CheckpointAsync(LogKey.Provider, http, cluster)).Named("readProviderLogCheckpoint", "Reads the head of the provider's own log");
    }

    private static async Task<Results<Ok<Page<LogEntryView>>, ProblemHttpResult>> PageAsync(string scope, PageQuery page, HttpContext http, AuditLogReader log, ClusterCalls cluster)
    {
        if (page.Fault() is { } fault)
            return fault;
        var after = 0L;
        if (!string.IsNullOrEmpty(page.After) && !long.TryParse(page.After, NumberStyles.None, CultureInfo.InvariantCulture, out after))
            return Problem.Invalid([new("after", "must be the number of a log entry.")]);

        // Whoever has just done something finds it here: what waits in the outbox is moved first.
        await DrainAsync(scope, http, cluster);
        var rows = await log.PageAsync(scope, after, page.Size + 1, http.RequestAborted);
        var items = rows.Take(page.Size).Select(LogEntryView.Of).ToImmutableArray();
        return TypedResults.Ok(new Page<LogEntryView>
        {
            Items = items,
            Next = rows.Count > page.Size ? items[^1].Number.ToString(CultureInfo.InvariantCulture) : null,
        });
    }

    private static async Task<Ok<LogCheckpoint>> CheckpointAsync(string scope, HttpContext http, ClusterCalls cluster) =>
        TypedResults.Ok(await DrainAsync(scope, http, cluster));

    private static Task<LogCheckpoint> DrainAsync(string scope, HttpContext http, ClusterCalls cluster) =>
        cluster.AskAsync(grains => grains.Get(new LogKey(scope)).DrainAsync(CancellationToken.None), http.RequestAborted);
}
