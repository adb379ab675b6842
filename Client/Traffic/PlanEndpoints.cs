using BackupOnline.Client.Access;
using BackupOnline.Client.Answers;
using BackupOnline.Client.Cluster;
using BackupOnline.Client.Jobs;
using BackupOnline.Client.Problems;
using BackupOnline.Grains.Interfaces.Names;
using BackupOnline.Grains.Interfaces.Traffic;
using Microsoft.AspNetCore.Http.HttpResults;

namespace BackupOnline.Client.Traffic;

/// <summary>How a run is to send, and what one more would mean: docs/pacing.md.</summary>
internal static class PlanEndpoints
{
    public static void MapPlans(this ApiGroups api)
    {
        api.Tenant.MapGroup("/jobs").WithTags("Jobs").MapGet("/{job}/plan", PlanAsync).RequireAuthorization(Policies.ReaderOrHost)
            .Named("readPlan", "How a run is to send from now on: quiet and burst times with their rates, and why");
        api.Tenant.MapGroup("/traffic").WithTags("Traffic").MapPost("/what-if", WhatIfAsync).RequireAuthorization(Policies.Reader)
            .Named("askWhatIf", "What one more backup would mean for the running month, paced and at once; changes nothing");
    }

    private static async Task<Results<Ok<SendingPlan>, ProblemHttpResult>> PlanAsync(string tenant, string job, HttpContext http, JobFinder finder, ClusterCalls cluster)
    {
        if (await finder.FindAsync(Visitor.Of(http), tenant, job, http.RequestAborted) is null)
            return Problem.Unknown("job");
        var request = new AskPlan { Job = job };
        return Answer.Of(http, await cluster.AskAsync(grains => grains.Get(new TrafficKey(tenant)).PlanAsync(request, CancellationToken.None), http.RequestAborted));
    }

    private static async Task<Results<Ok<WhatIfView>, ProblemHttpResult>> WhatIfAsync(string tenant, WhatIfBody body, HttpContext http, ClusterCalls cluster)
    {
        var request = new AskWhatIf { StartsAt = body.StartsAt, Bytes = body.Bytes };
        return Answer.Of(http, await cluster.AskAsync(grains => grains.Get(new TrafficKey(tenant)).WhatIfAsync(request, CancellationToken.None), http.RequestAborted));
    }
}
