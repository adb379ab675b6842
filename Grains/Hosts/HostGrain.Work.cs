using BackupOnline.Grains.Interfaces.Hosts;
using BackupOnline.Grains.Interfaces.Names;
using BackupOnline.Grains.Interfaces.Replies;
using BackupOnline.Grains.Interfaces.Schedules;
using BackupOnline.Grains.Requests;
using BackupOnline.Grains.Schedules;

namespace BackupOnline.Grains.Hosts;

/// <summary>Virtual machines of a host: which it has, what is offered to it, and the audit of one disk each night.</summary>
internal sealed partial class HostGrain
{
    private const string AuditKind = "host.audit";
    private const int MostMachines = 500;
    private const int MostDisks = 64;

    /// <summary>After the busiest hours of backups, before people work.</summary>
    private static readonly TimingSpec Nightly = TimingSpec.Daily("04:00", "Europe/Paris", window: TimeSpan.FromHours(2));

    private WorkList offered = new() { Items = [] };

    private string AuditSchedule => $"host-audit/{Key.Tenant}/{Key.Host}";

    public Task<Reply<WorkList>> WorkAsync(CancellationToken cancellation) =>
        Task.FromResult(Shown is not null ? Reply<WorkList>.Done(offered) : Unknown.Host);

    public Task<Reply<HostMachineList>> MachinesAsync(CancellationToken cancellation) =>
        Task.FromResult(Shown is not null ? Reply<HostMachineList>.Done(machines.State.ToView()) : Unknown.Host);

    public async Task<Reply<HostView>> AdoptAsync(AdoptVm request, CancellationToken cancellation)
    {
        if ((Check.Name(request.Vm, "vm") ?? Check.Text(request.MachineId, "machine id", 1, 200)) is { } wrong) return wrong;
        if (!Exists) return Unknown.Host;
        if (State.Vault != request.Vault)
            return Refusal.Conflict("vault-not-hosts", $"Host '{Key.Host}' backs up into vault '{State.Vault}'. Use that one, or another host.");
        var adopted = new AdoptedVm(request.Vm, request.MachineId);
        if (State.Machines.Contains(adopted)) return Reply<HostView>.Repeated(Shown!);
        if (State.Machines.Find(machine => machine.MachineId == request.MachineId) is { } other)
            return Refusal.Conflict("machine-taken", $"This machine is backed up as '{other.Vm}' already.");
        if (State.Machines.Count >= MostMachines)
            return Refusal.Conflict("too-many-machines", $"A host has at most {MostMachines} machines.");

        State.Machines.RemoveAll(machine => machine.Vm == request.Vm);
        State.Machines.Add(adopted);
        if (State.Machines.Count == 1) Schedule(AuditSchedule, AuditKind, Key.Tenant, Nightly, Timings.NextAfter(Nightly, AuditSchedule, Now));
        await KeepAsync();
        return Reply<HostView>.Done(Shown!);
    }

    public async Task<Reply<HostMachineList>> ReportMachinesAsync(ReportMachines request, CancellationToken cancellation)
    {
        if ((Check.Caller(request.Caller) ?? CheckMachines(request)) is { } wrong) return wrong;
        if (!Exists) return Unknown.Host;
        if (State.EnrolledAt is null) return NotEnrolled;

        var known = machines.State;
        (known.Driver, known.Unproven, known.Machines, known.ReportedAt) = (request.Driver, request.Unproven, [.. request.Machines], Now);
        try
        {
            await machines.WriteStateAsync(CancellationToken.None);
        }
        catch
        {
            DeactivateOnIdle();
            throw;
        }

        State.LastSeenAt = Now;
        Show();
        return Reply<HostMachineList>.Done(known.ToView());
    }

    public async Task WorkChangedAsync(WorkChange change, CancellationToken cancellation)
    {
        if (!Exists) return;
        var known = State.Work.Find(work => work.Offer.Job == change.Offer.Job);
        if (known is null ? change.Ended : change.Version <= known.Version) return;

        if (known is not null) State.Work.Remove(known);
        if (!change.Ended) State.Work.Add(new(change.Offer, change.Version, change.Offered));
        State.Work.Sort((one, other) => string.CompareOrdinal(one.Offer.Job, other.Offer.Job));
        await KeepAsync();
    }

    public async Task<FiringOutcome> FireAsync(ScheduleFiring firing, CancellationToken cancellation)
    {
        if (!Exists || firing.Kind != AuditKind || State.Machines.Count == 0) return FiringOutcome.Ended;

        // Each machine in its turn; a repeated delivery asks the same one, which knows the instant.
        var night = DateOnly.FromDateTime(firing.DueAt.UtcDateTime).DayNumber;
        var chosen = State.Machines[night % State.Machines.Count];
        await GrainFactory.Get(new VmKey(Key.Tenant, chosen.Vm)).AuditAsync(firing.DueAt, cancellation);
        return FiringOutcome.Done;
    }

    protected override void Show()
    {
        base.Show();
        offered = new() { Items = [.. State.Work.Where(work => work.Offered).Select(work => work.Offer)] };
    }

    private static Refusal? CheckMachines(ReportMachines request) =>
        Check.Text(request.Driver, "driver", 1, 40)
        ?? (request.Unproven is null ? null : Check.Text(request.Unproven, "unproven", 0, 500))
        ?? Check.That(!request.Machines.IsDefault && request.Machines.Length <= MostMachines, "machines-invalid", $"A host tells of at most {MostMachines} machines.")
        ?? Check.That(!request.Machines.Contains(null!), "machines-invalid", "A machine of the list is null.")
        ?? request.Machines.Select(CheckMachine).FirstOrDefault(refusal => refusal is not null)
        ?? Check.That(request.Machines.Select(m => m.MachineId).Distinct().Count() == request.Machines.Length, "machines-invalid", "A machine stands in the list once.");

    private static Refusal? CheckMachine(HostMachine machine) =>
        Check.Text(machine.MachineId, "machine id", 1, 200)
        ?? Check.Text(machine.Name, "name", 0, 200)
        ?? Check.Known(machine.Power, "power")
        ?? Check.Known(machine.Agent, "agent")
        ?? Check.That(!machine.Disks.IsDefault && machine.Disks.Length <= MostDisks && !machine.Disks.Contains(null!), "disks-invalid", $"A machine has at most {MostDisks} disks.")
        ?? machine.Disks.Select(d => Check.Text(d.Id, "disk", 1, 200) ?? Check.Text(d.Format, "format", 0, 40) ?? Check.Known(d.Tracking, "tracking") ?? Check.Bytes(d.Size, "size"))
            .FirstOrDefault(refusal => refusal is not null)
        ?? Check.That(!machine.Blockers.IsDefault && !machine.Warnings.IsDefault && machine.Blockers.Length + machine.Warnings.Length <= 64
                && !machine.Blockers.Contains(null!) && !machine.Warnings.Contains(null!), "findings-invalid", "At most 64 findings.")
        ?? machine.Blockers.Concat(machine.Warnings).Select(f => Check.Text(f.Code, "code", 1, 100) ?? Check.Text(f.Text, "text", 0, 500)).FirstOrDefault(refusal => refusal is not null);
}
