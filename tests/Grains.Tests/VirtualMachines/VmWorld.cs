using BackupOnline.Grains.Interfaces.Hosts;
using BackupOnline.Grains.Interfaces.Jobs;
using BackupOnline.Grains.Interfaces.Names;
using BackupOnline.Grains.Interfaces.VirtualMachines;
using BackupOnline.Grains.Tests.Running;

namespace BackupOnline.Grains.Tests.VirtualMachines;

/// <summary>A tenant with an enrolled host, and its agent's part as the grains see it.</summary>
internal sealed class VmWorld(GrainCluster cluster, World world)
{
    public World World => world;

    public string Tenant => world.Tenant;

    public IHostGrain Host => world.HostGrain;

    public IVirtualMachineGrain Vm(string name = "web") => cluster.Grains.Get(new VmKey(world.Tenant, name));

    public IJobGrain Job(string id) => cluster.Grains.Get(new JobKey(world.Tenant, id));

    public static async Task<VmWorld> StartAsync(GrainCluster cluster) => new(cluster, await new World(cluster).WithHostAsync());

    public CreateVm Request(string start = "22:00", TimeSpan window = default, string machine = "m-1") => new()
    {
        Caller = World.NewCaller(),
        Host = world.Host,
        MachineId = machine,
        Vault = world.Vault,
        WindowStart = start,
        WindowLength = window,
    };

    public Task<VmView> CreateAsync(string name = "web", string start = "22:00") => World.Must(Vm(name).CreateAsync(Request(start, machine: $"m-{name}"), default));

    public Task BeatAsync(params string[] capabilities) => World.Must(Host.BeatAsync(new() { Caller = World.NewCaller(), Capabilities = [.. capabilities] }, default));

    /// <summary>Waits until the host is offered work of this kind.</summary>
    public async Task<WorkOffer> OfferAsync(JobKind kind = JobKind.VmBackup, string vm = "web")
    {
        var list = await Eventually.Async($"an offer of {kind}", () => World.Must(Host.WorkAsync(default)), work => work.Items.Any(Fits));
        return list.Items.First(Fits);
        bool Fits(WorkOffer offer) => offer.Kind == kind && offer.Vm == vm;
    }

    public Task<JobView> TakeAsync(string job) => World.Must(Job(job).TakeAsync(new() { Caller = World.NewCaller(), Host = world.Host }, default));

    /// <summary>Takes the next attempt and ends it with a point of now.</summary>
    public async Task<VmPoint> BackUpAsync(string job, VmDiskBasis basis = VmDiskBasis.Full)
    {
        var taken = await TakeAsync(job);
        var point = Point(basis);
        await World.Must(Job(job).FinishAsync(new() { Caller = World.NewCaller(), Attempt = taken.Attempt, ExitCode = 0, Point = point }, default));
        return point;
    }

    public async Task<JobView> FailAsync(string job, VmFault fault, string code = "broken")
    {
        var taken = await TakeAsync(job);
        return await World.Must(Job(job).FinishAsync(
            new() { Caller = World.NewCaller(), Attempt = taken.Attempt, ExitCode = 1, Failure = new() { Code = code, Fault = fault, Text = "It broke." } }, default));
    }

    public Task<VmView> EventuallyAsync(string what, Func<VmView, bool> holds, string vm = "web") =>
        Eventually.Async(what, () => World.Must(Vm(vm).ReadAsync(default)), holds);

    public async Task<List<string>> EventsAsync(string vm = "web")
    {
        await cluster.Grains.Get(new LogKey(world.Tenant)).DrainAsync(default);
        return [.. (await cluster.Log.PageAsync(world.Tenant, 0, 500, default)).Where(e => e.Fact.Subject == $"vm/{world.Tenant}/{vm}").Select(e => e.Fact.Event)];
    }

    public VmPoint Point(VmDiskBasis basis = VmDiskBasis.Full, DateTimeOffset? at = null) => new()
    {
        Snapshot = BackupOnline.Grains.Interfaces.Access.SecretText.Sha256(Guid.NewGuid().ToString()),
        Epoch = "bo-0123456789ab-1",
        At = at ?? cluster.Clock.GetUtcNow(),
        Consistency = VmConsistency.Application,
        FrozenMilliseconds = 118,
        Disks =
        [
            new() { Id = "disk0", Size = 1 << 20, Basis = basis, Reason = basis == VmDiskBasis.Full ? "first" : null, BytesRead = 4096, BytesChanged = 4096 },
            new() { Id = "disk1", Size = 1 << 20, Basis = VmDiskBasis.Incremental, BytesRead = 0, BytesChanged = 0 },
        ],
    };
}
