using BackupOnline.Client.Access;
using BackupOnline.Client.Answers;
using BackupOnline.Client.Cluster;
using BackupOnline.Client.Problems;
using BackupOnline.Grains.Interfaces.Names;
using BackupOnline.Grains.Interfaces.VirtualMachines;
using Microsoft.AspNetCore.Http.HttpResults;

namespace BackupOnline.Client.VirtualMachines;

/// <summary><c>/tenants/{tenant}/vms/{vm}/recovery-points</c> and <c>/days</c>: what can be restored, and which days are covered.</summary>
internal static class VmPointEndpoints
{
    public static void MapVmPoints(this ApiGroups api)
    {
        var vm = api.Tenant.MapGroup("/vms/{vm}").WithTags("Virtual machines");
        vm.MapGet("/recovery-points", ListAsync).RequireAuthorization(Policies.Reader).Named("listVmPoints", "Lists recovery points, newest first; after= takes a snapshot");
        vm.MapPost("/recovery-points/{snapshot}/hold", HoldAsync).RequireAuthorization(Policies.Manager).Named("holdVmPoint", "Puts a point under legal hold, or lifts the hold");
        vm.MapGet("/recovery-points/{snapshot}/picture", PictureAsync).RequireAuthorization(Policies.Reader)
            .Produces(StatusCodes.Status200OK, contentType: "image/png")
            .Named("drawVmBoot", "The screen of the point's last boot test");
        vm.MapGet("/days", DaysAsync).RequireAuthorization(Policies.Reader).Named("listVmDays", "The last settled days and the points that went, newest first");
    }

    private static async Task<Results<Ok<Page<VmPointView>>, ProblemHttpResult>> ListAsync(string tenant, string vm, [AsParameters] PageQuery page, HttpContext http, ClusterCalls cluster)
    {
        if (page.Fault() is { } fault)
            return fault;
        var reply = await cluster.AskAsync(grains => grains.Get(new VmKey(tenant, vm)).PointsAsync(CancellationToken.None), http.RequestAborted);
        return reply.Succeeded ? TypedResults.Ok(page.Of(reply.Value.Items, point => point.Point.Snapshot)) : Problem.From(reply.Refusal);
    }

    private static async Task<Results<Ok<VmPointView>, ProblemHttpResult>> HoldAsync(
        string tenant, string vm, string snapshot, HoldPointBody body, HttpContext http, ClusterCalls cluster)
    {
        var request = new HoldVmPoint { Caller = CallerOf.Request(http), Snapshot = snapshot, Held = body.Held, Reason = body.Reason };
        return Answer.Of(http, await cluster.AskAsync(grains => grains.Get(new VmKey(tenant, vm)).HoldAsync(request, CancellationToken.None), http.RequestAborted));
    }

    private static async Task<IResult> PictureAsync(string tenant, string vm, string snapshot, HttpContext http, ClusterCalls cluster)
    {
        var points = await cluster.AskAsync(grains => grains.Get(new VmKey(tenant, vm)).PointsAsync(CancellationToken.None), http.RequestAborted);
        if (!points.Succeeded)
            return Problem.From(points.Refusal);
        if (points.Value.Items.FirstOrDefault(point => point.Point.Snapshot == snapshot)?.Boot is not { HasPicture: true } boot)
            return Problem.Unknown("picture");
        var picture = await cluster.AskAsync(grains => grains.Get(new JobKey(tenant, boot.Job)).PictureAsync(CancellationToken.None), http.RequestAborted);
        return picture.Succeeded ? TypedResults.Bytes(picture.Value.Png, "image/png") : Problem.From(picture.Refusal);
    }

    private static async Task<Results<Ok<VmDayList>, ProblemHttpResult>> DaysAsync(string tenant, string vm, HttpContext http, ClusterCalls cluster) =>
        Answer.Of(http, await cluster.AskAsync(grains => grains.Get(new VmKey(tenant, vm)).DaysAsync(CancellationToken.None), http.RequestAborted));
}
