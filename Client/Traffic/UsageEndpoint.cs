using BackupOnline.Client.Access;
using BackupOnline.Client.Answers;
using BackupOnline.Client.Cluster;
using BackupOnline.Client.Problems;
using BackupOnline.Grains.Interfaces.Names;
using BackupOnline.Grains.Interfaces.Vaults;
using Microsoft.AspNetCore.Http.HttpResults;

namespace BackupOnline.Client.Traffic;

/// <summary><c>/tenants/{tenant}/usage</c>.</summary>
internal static class UsageEndpoint
{
    public static void MapUsage(this ApiGroups api) =>
        api.Tenant.MapGroup("/usage").WithTags("Traffic").MapGet("/", ReadAsync).RequireAuthorization(Policies.ReaderOrHost)
            .Named("readUsage", "What the customer uses: stored bytes, quota, traffic of the month; a host sees its own vault");

    private static async Task<Results<Ok<UsageView>, ProblemHttpResult>> ReadAsync(string tenant, HttpContext http, ClusterCalls cluster)
    {
        var owner = await cluster.AskAsync(grains => grains.Get(new TenantKey(tenant)).ReadAsync(CancellationToken.None), http.RequestAborted);
        if (!owner.Succeeded)
            return Problem.From(owner.Refusal);
        IEnumerable<string> names = owner.Value.Vaults;
        if (Visitor.Of(http).Host is { } host)
        {
            var own = await cluster.AskAsync(grains => grains.Get(new HostKey(tenant, host)).ReadAsync(CancellationToken.None), http.RequestAborted);
            if (!own.Succeeded)
                return Problem.From(own.Refusal);
            names = [own.Value.Vault];
        }

        var vaults = new List<VaultUsage>();
        foreach (var name in names.Order(StringComparer.Ordinal))
        {
            var vault = await cluster.AskAsync(grains => grains.Get(new VaultKey(tenant, name)).ReadAsync(CancellationToken.None), http.RequestAborted);
            if (vault.Succeeded)
                vaults.Add(UsageOf(vault.Value));
        }

        var traffic = await cluster.AskAsync(grains => grains.Get(new TrafficKey(tenant)).MonthAsync("current", CancellationToken.None), http.RequestAborted);
        return traffic.Succeeded
            ? TypedResults.Ok(new UsageView { Tenant = tenant, QuotaBytes = owner.Value.QuotaBytes, Vaults = [.. vaults], Traffic = traffic.Value })
            : Problem.From(traffic.Refusal);
    }

    private static VaultUsage UsageOf(VaultView vault) => new()
    {
        Name = vault.Name,
        StoredBytes = vault.StoredBytes,
        StoredObjects = vault.StoredObjects,
        QuotaBytes = vault.QuotaBytes,
        UsageAt = vault.UsageAt,
        LastSnapshotAt = vault.LastSnapshotAt,
    };
}
