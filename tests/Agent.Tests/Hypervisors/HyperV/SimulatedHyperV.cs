using BackupOnline.Agent.Hypervisors;
using BackupOnline.Agent.Hypervisors.HyperV;
using BackupOnline.Agent.Tests.Hypervisors.Vhdx;

namespace BackupOnline.Agent.Tests.Hypervisors.HyperV;

/// <summary>
/// A host that keeps to the documents of Hyper-V's WMI provider (learn.microsoft.com/windows/win32/hyperv_v2/...; each rule names its page by the last part of the address)
/// and to nothing else. The data plane is real: disks are VHDX files, written by qemu-io or by a guest that runs from them (<see cref="Plane"/>), and what a point reads is compared with qemu-img's own reading.
/// </summary>
internal sealed partial class SimulatedHyperV(DiskLab lab, int seed) : IHyperVHost
{
    private readonly Random _random = new(seed);
    private readonly Dictionary<string, SimulatedJob> _jobs = [];
    private readonly HashSet<string> _attached = [];
    private readonly List<SimulatedFault> _faults = [];
    private long _tick;
    private bool _dead;

    public List<SimulatedMachine> Machines { get; } = [];

    /// <summary>Names of the calls in their order.</summary>
    public List<string> Calls { get; } = [];

    /// <summary>A host that does not take our name for a checkpoint.</summary>
    public bool ForgetsNames { get; set; }

    /// <summary>Changes an answer of GetVirtualDiskChanges on its way.</summary>
    public Func<HyperVChanges, HyperVChanges> Distort { get; set; } = changes => changes;

    /// <summary>Changes a reference point on its way.</summary>
    public Func<HyperVReferencePoint, HyperVReferencePoint> DistortPoint { get; set; } = point => point;

    public DiskLab Lab => lab;

    public IDiskPlane Plane { get; init; } = new FilePlane(lab);

    public void Fail(SimulatedFault fault) => _faults.Add(fault);

    /// <summary>What a new driver finds: the same host, without what the dead one held open.</summary>
    public void DriverStartsAgain()
    {
        (_dead, _) = (false, _attached.RemoveWhere(_ => true));
        _faults.Clear();
    }

    public async Task<SimulatedMachine> MachineAsync(string name, params long[] sizes)
    {
        var machine = new SimulatedMachine(name);
        foreach (var (size, number) in sizes.Select((size, number) => (size, number)))
        {
            var path = lab.PathOf($"{name}-{number}.vhdx");
            await lab.QemuImgAsync("create", "-f", "vhdx", "-o", "block_size=1M", path, $"{size}");
            machine.Disks.Add(new SimulatedDisk($"SCSI\\0\\{number}\\D", path));
        }

        Machines.Add(machine);
        return machine;
    }

    /// <summary>The guest writes a pattern, now, wherever the machine's disk is.</summary>
    public async Task GuestWritesAsync(SimulatedMachine machine, int disk, params (long Offset, int Length)[] places)
    {
        var target = machine.Disks[disk];
        await lab.WriteAsync(target.Active, "vhdx", [.. places.Select(place => $"write -P {_random.Next(1, 256)} {place.Offset} {place.Length}")]);
        foreach (var (offset, length) in places)
            target.Writes.Add((++_tick, offset, length));
    }

    /// <summary>Rule: "a method returns 4096 when a job was started" and "the job's reference holds its key" (createsnapshot-msvm-virtualsystemsnapshotservice, msvm-concretejob).</summary>
    private async Task<HyperVReply> StartAsync(string call, Func<Task<string?>> work)
    {
        await CalledAsync(call);
        var fault = Take(call);
        if (fault?.Dies == Death.Before)
            Die();
        if (fault?.ReturnValue is { } refused)
            return new HyperVReply(refused, null);
        var job = new SimulatedJob(fault?.NeverEnds == true ? int.MaxValue : _random.Next(0, 4), work) { Vanishes = fault?.Vanishes == true };
        if (fault?.JobCode is { } code)
        {
            // Rule: "ErrorDescription is text for people", in the host's language (msvm-concretejob).
            job.Failure = (code, "L'opération a échoué.", fault.JobState);
            if (!fault.Half)
                job.IsDone = true;
        }

        var id = $"Job-{Guid.NewGuid()}";
        _jobs[id] = job;
        if (fault?.Dies == Death.After || job.Vanishes)
        {
            job.Result = await work();
            job.IsDone = true;
        }

        if (fault?.Dies == Death.After)
            Die();
        // Rule: small work may be done at once, with return value 0 and no job (same pages).
        if (fault is null && _random.Next(4) == 0 && call.StartsWith("Destroy", StringComparison.Ordinal))
        {
            await work();
            return new HyperVReply(HyperVReply.Done, null);
        }

        return new HyperVReply(HyperVReply.Started, id);
    }

    /// <summary>Rule: states 2 to 6 are under way, 7 is completed, 8 to 11 are failures; "a job may be removed some time after it ended" (msvm-concretejob: JobState, TimeBeforeRemoval).</summary>
    public async Task<HyperVJob?> JobAsync(string job, CancellationToken cancellation)
    {
        await CalledAsync(nameof(JobAsync));
        var one = _jobs[job];
        if (one.Vanishes)
            return null;
        if (one.Looks-- > 0)
            return new HyperVJob(one.Looks % 2 == 0 ? 3 : 4, 0, "");
        if (!one.IsDone)
        {
            one.IsDone = true;
            try
            {
                one.Result = await one.Work();
            }
            catch (HypervisorException refused)
            {
                one.Failure = (HyperVFailure.InUse, refused.Message, 10);
            }
        }

        return one.Failure is { } failure ? new HyperVJob(failure.State, failure.Code, failure.Text) : new HyperVJob(7, 0, "");
    }

    /// <summary>Rule: what a job made is found by its association (msvm-affectedjobelement), not in the method's own answer.</summary>
    public async Task<string?> JobResultAsync(string job, CancellationToken cancellation)
    {
        await CalledAsync(nameof(JobResultAsync));
        return _jobs[job].Result;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private Task CalledAsync(string call)
    {
        if (_dead)
            throw new DriverDied();
        Calls.Add(call);
        return Task.CompletedTask;
    }

    private void Die()
    {
        _dead = true;
        throw new DriverDied();
    }

    private SimulatedFault? Take(string call)
    {
        if (_faults.FirstOrDefault(one => one.Call == call) is not { } fault)
            return null;
        if (fault.After-- > 0)
            return null;
        _faults.Remove(fault);
        return fault;
    }

    private SimulatedMachine Machine(string id) => Machines.FirstOrDefault(machine => machine.Id == id)
        ?? throw new HypervisorException(HypervisorFault.Transient, "hyperv-not-found", $"no instance of Msvm_ComputerSystem {id}");

    private (SimulatedMachine Machine, SimulatedSnapshot Snapshot)? Snapshot(string id) =>
        Machines.SelectMany(machine => machine.Snapshots.Select(snapshot => (machine, snapshot))).Where(pair => pair.snapshot.Id == id)
            .Select(pair => ((SimulatedMachine, SimulatedSnapshot)?)pair).FirstOrDefault();
}
