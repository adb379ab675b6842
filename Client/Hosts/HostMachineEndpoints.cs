using BackupOnline.Client.Access;
using BackupOnline.Client.Answers;
using BackupOnline.Client.Cluster;
using BackupOnline.Client.Problems;
using BackupOnline.Grains.Interfaces.Hosts;
using BackupOnline.Grains.Interfaces.Names;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace BackupOnline.Client.Hosts;

/// <summary>A host's machines, and the work that is offered to it.</summary>
internal static class HostMachineEndpoints
{
    private const int LargestReport = 1 << 20;

    public static void MapHostMachines(this ApiGroups api)
    {
        api.Tenant.MapGroup("/hosts/{host}").WithTags("Hosts").MapGet("/machines", ReadAsync).RequireAuthorization(Policies.Reader)
            .Named("readHostMachines", "The machines that a host told of last, with what stands against their backup");
        var work = api.Tenant.MapGroup("/hosts/{host}").WithTags("Agents").RequireAuthorization(Policies.Host);
        work.AddEndpointFilter<RouteGroupBuilder, HostGate>();
        work.MapPut("/machines", ReportAsync).WithMetadata(new RequestSizeLimitAttribute(LargestReport)).Named("reportHostMachines", "An agent tells which machines its host has");
        work.MapGet("/work", WatchAsync)
            .Produces(StatusCodes.Status200OK, contentType: "text/event-stream")
            .Named("watchHostWork", "Server-sent events: 'work' with all offered work at once and at each change; holding it is presence");
    }

    private static async Task<Results<Ok<HostMachineList>, ProblemHttpResult>> ReadAsync(string tenant, string host, HttpContext http, ClusterCalls cluster) =>
        Answer.Of(http, await cluster.AskAsync(grains => grains.Get(new HostKey(tenant, host)).MachinesAsync(CancellationToken.None), http.RequestAborted));

    private static async Task<Results<Ok<HostMachineList>, ProblemHttpResult>> ReportAsync(string tenant, string host, MachinesBody body, HttpContext http, ClusterCalls cluster)
    {
        var request = new ReportMachines { Caller = CallerOf.Request(http), Driver = body.Driver, Unproven = body.Unproven, Machines = body.Machines };
        return Answer.Of(http, await cluster.AskAsync(grains => grains.Get(new HostKey(tenant, host)).ReportMachinesAsync(request, CancellationToken.None), http.RequestAborted));
    }

    private static async Task<IResult> WatchAsync(string tenant, string host, HttpContext http, HostWorkEvents events, ClusterCalls cluster)
    {
        var reply = await cluster.AskAsync(grains => grains.Get(new HostKey(tenant, host)).WorkAsync(CancellationToken.None), http.RequestAborted);
        return reply.Succeeded ? await events.WatchAsync(http, new HostKey(tenant, host), reply.Value) : Problem.From(reply.Refusal);
    }
}
