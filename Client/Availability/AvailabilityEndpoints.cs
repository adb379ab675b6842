using BackupOnline.Client.Access;
using BackupOnline.Client.Answers;
using BackupOnline.Client.Cluster;
using BackupOnline.Grains.Interfaces.Availability;
using BackupOnline.Grains.Interfaces.Names;
using BackupOnline.Persistence.Availability;
using Microsoft.AspNetCore.Http.HttpResults;

namespace BackupOnline.Client.Availability;

/// <summary><c>/tenants/{tenant}/availability</c>, and what is down now (contract article 6).</summary>
internal static class AvailabilityEndpoints
{
    private const int MostTroubled = 500;

    /// <summary>A vault whose last result is older is called unprobed.</summary>
    private static readonly TimeSpan Recent = TimeSpan.FromMinutes(3);

    public static void MapAvailability(this ApiGroups api)
    {
        var own = api.Tenant.MapGroup("/availability").WithTags("Availability");
        own.MapGet("/{month}", MonthAsync).RequireAuthorization(Policies.Reader).Named("readAvailability", "Reads a month's availability, for example 2026-11: minutes, outages by cause, credit; provisional or sealed");
        own.MapPost("/corrections", CorrectAsync).RequireAuthorization(Policies.Operator).Named("correctAvailability", "Says who answers for a time without service; after the seal only in the customer's favour");
        api.Root.MapGet("/availability/now", NowAsync).WithTags("Availability").RequireAuthorization(Policies.Operator).Named("readAvailabilityNow", "Reads which nodes and vaults fail or are not probed now, and who probes");
    }

    private static async Task<Results<Ok<AvailabilityMonthView>, ProblemHttpResult>> MonthAsync(string tenant, string month, HttpContext http, ClusterCalls cluster)
    {
        var reply = await cluster.AskAsync(grains => grains.Get(new AvailabilityKey(tenant)).MonthAsync(month, CancellationToken.None), http.RequestAborted);
        return Answer.Of(http, reply);
    }

    private static async Task<Results<Created<CorrectionView>, Ok<CorrectionView>, ProblemHttpResult>> CorrectAsync(
        string tenant, CorrectOutageBody body, HttpContext http, ClusterCalls cluster)
    {
        var request = new CorrectOutage
        {
            Caller = CallerOf.Request(http),
            From = body.From,
            Until = body.Until,
            Cause = body.Cause,
            Declared = body.Declared,
            Reason = body.Reason,
        };
        var reply = await cluster.AskAsync(grains => grains.Get(new AvailabilityKey(tenant)).CorrectAsync(request, CancellationToken.None), http.RequestAborted);
        return Answer.Made(http, reply, $"/tenants/{tenant}/availability/{body.From.UtcDateTime:yyyy-MM}");
    }

    private static async Task<Ok<AvailabilityNow>> NowAsync(HttpContext http, ClusterCalls cluster, TroubledVaults troubled, OperatorReads reads, TimeProvider time)
    {
        await reads.NoteAsync(Visitor.Of(http), LogKey.Provider, "availability", CallerOf.Address(http), http.RequestAborted);
        var now = time.GetUtcNow();
        var vaults = await troubled.SinceAsync(now - Recent, MostTroubled + 1, http.RequestAborted);
        var probers = await cluster.AskAsync(grains => grains.Get(new ProbeDeskKey()).ProbersAsync(CancellationToken.None), http.RequestAborted);
        return TypedResults.Ok(new AvailabilityNow
        {
            At = now,
            Probers = probers.Items,
            Nodes = [.. vaults.GroupBy(vault => vault.Node).Select(node => new NodeTrouble(node.Key, node.Count(vault => vault.Outcome is not null), node.Count(vault => vault.Outcome is null)))],
            Vaults = [.. vaults.Take(MostTroubled).Select(VaultTrouble.Of)],
            More = vaults.Count > MostTroubled,
        });
    }
}
