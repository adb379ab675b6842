using BackupOnline.Client.Access;
using BackupOnline.Client.Answers;
using BackupOnline.Client.Cluster;
using BackupOnline.Grains.Interfaces.Jobs;
using BackupOnline.Grains.Interfaces.Names;
using BackupOnline.Grains.Interfaces.Replies;
using BackupOnline.Grains.Interfaces.VirtualMachines;
using BackupOnline.Persistence.Storage;
using Microsoft.AspNetCore.Http.HttpResults;

namespace BackupOnline.Client.VirtualMachines;

/// <summary><c>/tenants/{tenant}/vms</c>: virtual machines that are backed up while they run.</summary>
internal static class VmEndpoints
{
    public static void MapVirtualMachines(this ApiGroups api)
    {
        var vms = api.Tenant.MapGroup("/vms").WithTags("Virtual machines");
        vms.MapPost("/", CreateAsync).RequireAuthorization(Policies.Manager).Named("createVm", "Takes a machine of a host into the daily backup");
        vms.MapGet("/", ListAsync).RequireAuthorization(Policies.Reader).Named("listVms", "Lists virtual machines, by name, as of their last change");
        vms.MapGet("/{vm}", ReadAsync).RequireAuthorization(Policies.Reader).Named("readVm", "Reads a virtual machine: its day, its last point, its incidents");
        vms.MapPut("/{vm}", ChangeAsync).RequireAuthorization(Policies.Manager).Named("changeVm", "Changes window, consistency and excluded disks; wants If-Match");
        vms.MapPost("/{vm}/pause", PauseAsync).RequireAuthorization(Policies.Manager).Named("pauseVm", "Pauses the daily backup, or resumes it");
        vms.MapPost("/{vm}/disks", ExcludeAsync).RequireAuthorization(Policies.Manager).Named("excludeVmDisk", "Leaves a disk out of the points to come, or takes it in again");
        vms.MapPost("/{vm}/jobs", RunAsync).RequireAuthorization(Policies.Manager).Named("runVm", "Backs the machine up now, whatever its plan says");
        vms.MapPost("/{vm}/restores", RestoreAsync).RequireAuthorization(Policies.Manager).Named("restoreVm", "Restores a point: a new machine, or image files in a folder of the host");
    }

    private static async Task<Results<Created<VmView>, Ok<VmView>, ProblemHttpResult>> CreateAsync(string tenant, CreateVmBody body, HttpContext http, ClusterCalls cluster)
    {
        var request = new CreateVm
        {
            Caller = CallerOf.Request(http),
            Host = body.Host,
            MachineId = body.MachineId,
            Vault = body.Vault,
            WindowStart = body.WindowStart,
            WindowLength = body.WindowLength,
            Wanted = body.Wanted,
            AllowFallback = body.AllowFallback,
            ExcludedDisks = body.ExcludedDisks,
        };
        return Answer.Made(http, await AskAsync(tenant, body.Name, http, cluster, vm => vm.CreateAsync(request, CancellationToken.None)), $"/tenants/{tenant}/vms/{body.Name}");
    }

    private static async Task<Results<Ok<Page<VmView>>, ProblemHttpResult>> ListAsync(string tenant, [AsParameters] PageQuery page, HttpContext http, Lists lists) =>
        page.Fault() is { } fault ? fault : TypedResults.Ok(await lists.PageAsync<VmView>(ListingKind.Vm, tenant, page, http.RequestAborted));

    private static async Task<Results<Ok<VmView>, ProblemHttpResult>> ReadAsync(string tenant, string vm, HttpContext http, ClusterCalls cluster) =>
        Answer.Of(http, await AskAsync(tenant, vm, http, cluster, grain => grain.ReadAsync(CancellationToken.None)));

    private static async Task<Results<Ok<VmView>, ProblemHttpResult>> ChangeAsync(string tenant, string vm, ChangeVmBody body, HttpContext http, ClusterCalls cluster)
    {
        if (Precondition.Read(http, out var version) is { } refusal)
            return refusal;
        var request = new ChangeVm
        {
            Caller = CallerOf.Request(http),
            ExpectedVersion = version,
            WindowStart = body.WindowStart,
            WindowLength = body.WindowLength,
            Wanted = body.Wanted,
            AllowFallback = body.AllowFallback,
            ExcludedDisks = body.ExcludedDisks,
        };
        return Answer.Of(http, await AskAsync(tenant, vm, http, cluster, grain => grain.ChangeAsync(request, CancellationToken.None)));
    }

    private static async Task<Results<Ok<VmView>, ProblemHttpResult>> PauseAsync(string tenant, string vm, PauseVmBody body, HttpContext http, ClusterCalls cluster)
    {
        var request = new PauseVm { Caller = CallerOf.Request(http), Paused = body.Paused, Reason = body.Reason ?? "" };
        return Answer.Of(http, await AskAsync(tenant, vm, http, cluster, grain => grain.PauseAsync(request, CancellationToken.None)));
    }

    private static async Task<Results<Ok<VmView>, ProblemHttpResult>> ExcludeAsync(string tenant, string vm, ExcludeDiskBody body, HttpContext http, ClusterCalls cluster)
    {
        var request = new ExcludeVmDisk { Caller = CallerOf.Request(http), Disk = body.Disk, Excluded = body.Excluded };
        return Answer.Of(http, await AskAsync(tenant, vm, http, cluster, grain => grain.ExcludeAsync(request, CancellationToken.None)));
    }

    private static async Task<Results<Created<JobView>, Ok<JobView>, ProblemHttpResult>> RunAsync(string tenant, string vm, HttpContext http, ClusterCalls cluster)
    {
        var request = new RunVm { Caller = CallerOf.Request(http) };
        var reply = await AskAsync(tenant, vm, http, cluster, grain => grain.RunAsync(request, CancellationToken.None));
        return Answer.Made(http, reply, $"/jobs/{reply.Value?.Id}");
    }

    private static async Task<Results<Created<JobView>, Ok<JobView>, ProblemHttpResult>> RestoreAsync(string tenant, string vm, RestoreVmBody body, HttpContext http, ClusterCalls cluster)
    {
        var request = new RestoreVm { Caller = CallerOf.Request(http), Snapshot = body.Snapshot, Name = body.Name, Folder = body.Folder, Format = body.Format };
        var reply = await AskAsync(tenant, vm, http, cluster, grain => grain.RestoreAsync(request, CancellationToken.None));
        return Answer.Made(http, reply, $"/jobs/{reply.Value?.Id}");
    }

    private static Task<Reply<T>> AskAsync<T>(string tenant, string vm, HttpContext http, ClusterCalls cluster, Func<IVirtualMachineGrain, Task<Reply<T>>> ask)
        where T : class => cluster.AskAsync(grains => ask(grains.Get(new VmKey(tenant, vm))), http.RequestAborted);
}
