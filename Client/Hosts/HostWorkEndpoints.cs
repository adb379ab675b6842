using BackupOnline.Client.Access;
using BackupOnline.Client.Answers;
using BackupOnline.Client.Cluster;
using BackupOnline.Grains.Interfaces.Hosts;
using BackupOnline.Grains.Interfaces.Jobs;
using BackupOnline.Grains.Interfaces.Names;
using Microsoft.AspNetCore.Http.HttpResults;

namespace BackupOnline.Client.Hosts;

/// <summary>What an agent says as its host: that it is there, and that it begins a run.</summary>
internal static class HostWorkEndpoints
{
    public static void MapHostWork(this ApiGroups api)
    {
        var work = api.Tenant.MapGroup("/hosts/{host}").WithTags("Agents").RequireAuthorization(Policies.Host);
        work.AddEndpointFilter<RouteGroupBuilder, HostGate>();
        work.MapPost("/beat", BeatAsync).Named("beat", "An agent tells that it is there, and what it can do");
        work.MapPost("/jobs", OpenAsync).Named("openJob", "An agent begins a run, or goes on with the one that was interrupted");
    }

    private static async Task<Results<Ok<HostView>, ProblemHttpResult>> BeatAsync(string tenant, string host, BeatBody body, HttpContext http, ClusterCalls cluster)
    {
        var request = new HostBeat { Caller = CallerOf.Request(http), Capabilities = body.Capabilities };
        var reply = await cluster.AskAsync(grains => grains.Get(new HostKey(tenant, host)).BeatAsync(request, CancellationToken.None), http.RequestAborted);
        return Answer.Of(http, reply);
    }

    private static async Task<Results<Created<JobView>, Ok<JobView>, ProblemHttpResult>> OpenAsync(
        string tenant, string host, OpenJobBody body, HttpContext http, ClusterCalls cluster)
    {
        var request = new OpenHostJob { Caller = CallerOf.Request(http), Kind = body.Kind, Vault = body.Vault };
        var reply = await cluster.AskAsync(grains => grains.Get(new HostKey(tenant, host)).OpenJobAsync(request, CancellationToken.None), http.RequestAborted);
        if (reply is { Succeeded: true, Value.Attempt: > 1 })
            return Answer.Of(http, reply).Result is Ok<JobView> again ? again : throw new InvalidOperationException("A reply that succeeded is 200.");
        return Answer.Made(http, reply, $"/jobs/{reply.Value?.Id}");
    }
}
