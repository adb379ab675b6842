using BackupOnline.Client.Access;
using BackupOnline.Client.Answers;
using BackupOnline.Client.Cluster;
using BackupOnline.Grains.Interfaces.BackupSets;
using BackupOnline.Grains.Interfaces.Names;
using BackupOnline.Persistence.Storage;
using Microsoft.AspNetCore.Http.HttpResults;

namespace BackupOnline.Client.BackupSets;

/// <summary><c>/tenants/{tenant}/sets</c>: what is expected to arrive, and whether it does.</summary>
internal static class BackupSetEndpoints
{
    public static void MapBackupSets(this ApiGroups api)
    {
        var sets = api.Tenant.MapGroup("/sets").WithTags("Backup sets");
        sets.MapPost("/", CreateAsync).RequireAuthorization(Policies.Manager).Named("createSet", "Says which backups are expected in a vault, and how often");
        sets.MapGet("/", ListAsync).RequireAuthorization(Policies.Reader).Named("listSets", "Lists backup sets, by name, as of their last change");
        sets.MapGet("/{set}", ReadAsync).RequireAuthorization(Policies.Reader).Named("readSet", "Reads a backup set and whether it is fresh now");
    }

    private static async Task<Results<Created<BackupSetView>, Ok<BackupSetView>, ProblemHttpResult>> CreateAsync(
        string tenant, CreateBackupSetBody body, HttpContext http, ClusterCalls cluster)
    {
        var request = new CreateBackupSet { Caller = CallerOf.Request(http), Vault = body.Vault, Host = body.Host, ExpectedEvery = body.ExpectedEvery };
        var reply = await cluster.AskAsync(grains => grains.Get(new BackupSetKey(tenant, body.Name)).CreateAsync(request, CancellationToken.None), http.RequestAborted);
        return Answer.Made(http, reply, $"/tenants/{tenant}/sets/{body.Name}");
    }

    private static async Task<Results<Ok<Page<BackupSetView>>, ProblemHttpResult>> ListAsync(string tenant, [AsParameters] PageQuery page, HttpContext http, Lists lists) =>
        page.Fault() is { } fault ? fault : TypedResults.Ok(await lists.PageAsync<BackupSetView>(ListingKind.BackupSet, tenant, page, http.RequestAborted));

    private static async Task<Results<Ok<BackupSetView>, ProblemHttpResult>> ReadAsync(string tenant, string set, HttpContext http, ClusterCalls cluster)
    {
        var reply = await cluster.AskAsync(grains => grains.Get(new BackupSetKey(tenant, set)).ReadAsync(CancellationToken.None), http.RequestAborted);
        return Answer.Of(http, reply);
    }
}
