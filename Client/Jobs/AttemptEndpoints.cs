using BackupOnline.Client.Access;
using BackupOnline.Client.Answers;
using BackupOnline.Client.Cluster;
using BackupOnline.Client.Problems;
using BackupOnline.Grains.Interfaces.Jobs;
using BackupOnline.Grains.Interfaces.Names;
using Microsoft.AspNetCore.Http.HttpResults;

namespace BackupOnline.Client.Jobs;

/// <summary><c>/tenants/{tenant}/jobs/{job}/attempts</c>: how a host takes what is offered to it.</summary>
internal static class AttemptEndpoints
{
    public static void MapAttempts(this ApiGroups api) =>
        api.Tenant.MapGroup("/jobs").WithTags("Agents").RequireAuthorization(Policies.Host)
            .MapPost("/{job}/attempts", TakeAsync).Named("takeAttempt", "An agent takes the next attempt of work that was offered to its host");

    // Taken first: a repetition with the same Idempotency-Key gets the same attempt, and the order of the moment.
    private static async Task<Results<Ok<TakenAttempt>, ProblemHttpResult>> TakeAsync(string tenant, string job, HttpContext http, ClusterCalls cluster)
    {
        if (Visitor.Of(http).Host is not { } host)
            return Problem.Unknown("job");
        var request = new TakeJob { Caller = CallerOf.Request(http), Host = host };
        var taken = await cluster.AskAsync(grains => grains.Get(new JobKey(tenant, job)).TakeAsync(request, CancellationToken.None), http.RequestAborted);
        if (!taken.Succeeded)
            return Problem.From(taken.Refusal);
        var order = await cluster.AskAsync(grains => grains.Get(new VmKey(tenant, taken.Value.Vm!)).OrderAsync(job, CancellationToken.None), http.RequestAborted);
        if (!order.Succeeded)
            return Problem.From(order.Refusal);
        var vault = await cluster.AskAsync(grains => grains.Get(new VaultKey(tenant, taken.Value.Vault)).ReadAsync(CancellationToken.None), http.RequestAborted);
        return TypedResults.Ok(new TakenAttempt { Job = taken.Value, Order = AttemptOrder.Of(order.Value, vault.Value?.Url) });
    }
}
