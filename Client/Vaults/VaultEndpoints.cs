using BackupOnline.Client.Access;
using BackupOnline.Client.Answers;
using BackupOnline.Client.Cluster;
using BackupOnline.Client.Problems;
using BackupOnline.Grains.Interfaces.Names;
using BackupOnline.Grains.Interfaces.Vaults;
using BackupOnline.Persistence.Storage;
using Microsoft.AspNetCore.Http.HttpResults;

namespace BackupOnline.Client.Vaults;

/// <summary><c>/tenants/{tenant}/vaults</c>: repositories.</summary>
internal static class VaultEndpoints
{
    public static void MapVaults(this ApiGroups api)
    {
        var vaults = api.Tenant.MapGroup("/vaults").WithTags("Vaults");
        vaults.MapPost("/", CreateAsync).RequireAuthorization(Policies.Manager).Named("createVault", "Makes a vault: one restic repository on a storage node");
        vaults.MapGet("/", ListAsync).RequireAuthorization(Policies.Reader).Named("listVaults", "Lists vaults, by name");
        vaults.MapGet("/{vault}", ReadAsync).RequireAuthorization(Policies.Reader).Named("readVault", "Reads a vault: its address, usage and last snapshot");
    }

    private static async Task<Results<Created<VaultView>, Ok<VaultView>, ProblemHttpResult>> CreateAsync(string tenant, CreateVaultBody body, HttpContext http, ClusterCalls cluster)
    {
        if (body.Node is not null && !Visitor.Of(http).IsOperator)
            return Problem.Of(StatusCodes.Status403Forbidden, "node-for-operators", "Only operators may choose the storage node. Leave 'node' out; the placement rule chooses.");
        var request = new CreateVault { Caller = CallerOf.Request(http), QuotaBytes = body.QuotaBytes, Node = body.Node, Hot = body.Hot };
        var reply = await cluster.AskAsync(grains => grains.Get(new VaultKey(tenant, body.Name)).CreateAsync(request, CancellationToken.None), http.RequestAborted);
        return Answer.Made(http, reply, $"/tenants/{tenant}/vaults/{body.Name}");
    }

    private static async Task<Results<Ok<Page<VaultView>>, ProblemHttpResult>> ListAsync(string tenant, [AsParameters] PageQuery page, HttpContext http, Lists lists) =>
        page.Fault() is { } fault ? fault : TypedResults.Ok(await lists.PageAsync<VaultView>(ListingKind.Vault, tenant, page, http.RequestAborted));

    private static async Task<Results<Ok<VaultView>, ProblemHttpResult>> ReadAsync(string tenant, string vault, HttpContext http, ClusterCalls cluster)
    {
        var reply = await cluster.AskAsync(grains => grains.Get(new VaultKey(tenant, vault)).ReadAsync(CancellationToken.None), http.RequestAborted);
        return Answer.Of(http, reply);
    }
}
