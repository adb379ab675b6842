using BackupOnline.Grains.Interfaces.Jobs;
using BackupOnline.Grains.Interfaces.Names;
using BackupOnline.Grains.Interfaces.Replies;
using BackupOnline.Grains.Interfaces.Schedules;
using BackupOnline.Grains.Interfaces.VirtualMachines;
using BackupOnline.Grains.Records;
using BackupOnline.Grains.Requests;
using BackupOnline.Grains.Schedules;
using BackupOnline.Rules.Schedules;
using BackupOnline.Rules.VirtualMachines;

namespace BackupOnline.Grains.VirtualMachines;

/// <summary>Restores, audits of change tracking, boot tests.</summary>
internal sealed partial class VirtualMachineGrain
{
    private const string BootKind = "vm.boot";
    private const int MostWork = 20;

    /// <summary>What a host says among its capabilities when it can boot a point in isolation.</summary>
    private const string BootCapability = "boot-test";

    private static readonly TimeSpan AuditWithin = TimeSpan.FromHours(20);
    private static readonly TimeSpan BootWithin = TimeSpan.FromDays(2);
    private static readonly TimeSpan RestoreWithin = TimeSpan.FromDays(2);

    private string BootSchedule => $"vm-boot/{Key.Tenant}/{Key.Vm}";

    public async Task<Reply<JobView>> RestoreAsync(RestoreVm request, CancellationToken cancellation)
    {
        if ((Check.Caller(request.Caller) ?? VmRequests.Check(request)) is { } wrong) return wrong;
        if (!Exists) return Unknown.Vm;

        var operation = Operation.Of(request.Caller, "restore", request.Snapshot, request.Name, request.Folder, request.Format);
        if (State.Operations.Find(operation) is { Made: { } made } known)
            return known.Fingerprint == operation.Fingerprint ? Again(await GrainFactory.Get(new JobKey(Key.Tenant, made)).ReadAsync(cancellation)) : Operation.Reused;
        if (PointOf(request.Snapshot) is null) return Unknown.Point;
        if (State.Work.Count >= MostWork) return Refusal.Conflict("too-much-work", $"At most {MostWork} restores, audits and tests of a machine are open at once. Wait for one to end.");

        var work = NewWork(JobKind.VmRestore, request.Snapshot, Now + RestoreWithin, "asked") with { Restore = new() { Name = request.Name, Folder = request.Folder, Format = request.Format } };
        State.Operations.Remember(operation, work.Job);
        Note(Key.Tenant, "vm.restore-asked", request.Caller, ("job", work.Job), ("snapshot", request.Snapshot), ("name", request.Name), ("folder", request.Folder));
        return await OpenWorkAsync(work, request.Caller, cancellation);
    }

    public async Task AuditAsync(DateTimeOffset dueAt, CancellationToken cancellation)
    {
        if (!Exists || State.Paused || State.LastAuditDue == dueAt || State.Work.Exists(work => work.Kind == JobKind.VmAudit)) return;
        if (State.Points.FindLast(point => point.IsGood) is not { } last) return;
        var disk = VmAuditRule.Next(last.Point.Disks.Select(d => new VmDiskAudit(d.Id, State.AuditedAt.TryGetValue(d.Id, out var at) ? Instant(at) : null)));
        State.LastAuditDue = dueAt;
        await OpenWorkAsync(NewWork(JobKind.VmAudit, last.Point.Snapshot, Now + AuditWithin, "nightly") with { Disk = disk }, ThePlan, cancellation);
    }

    public Task<Reply<VmOrder>> OrderAsync(string job, CancellationToken cancellation) =>
        Task.FromResult(Shown is not null && orders.TryGetValue(job, out var order) ? Reply<VmOrder>.Done(order) : Unknown.Job);

    private void BootWeekly()
    {
        var weekday = (int)(Spread.Hash(BootSchedule) % 7) + 1;
        var timing = TimingSpec.Daily("06:00", Paris.Name, [weekday], TimeSpan.FromHours(12));
        Schedule(BootSchedule, BootKind, Key.Tenant, timing, Timings.NextAfter(timing, BootSchedule, Now));
    }

    private async Task<FiringOutcome> BootDueAsync(ScheduleFiring firing, CancellationToken cancellation)
    {
        if (State.Paused || State.LastBootDue == firing.DueAt || State.Work.Exists(work => work.Kind == JobKind.VmBootTest)) return FiringOutcome.Done;
        if (State.Points.FindLast(point => point.IsGood) is not { } last) return FiringOutcome.Done;
        var host = await GrainFactory.Get(new HostKey(Key.Tenant, State.Host)).ReadAsync(cancellation);
        if (host.Value?.Capabilities.Contains(BootCapability) != true) return FiringOutcome.Done;
        State.LastBootDue = firing.DueAt;
        await OpenWorkAsync(NewWork(JobKind.VmBootTest, last.Point.Snapshot, Now + BootWithin, "weekly"), ThePlan, cancellation);
        return FiringOutcome.Done;
    }

    private VmWorkState NewWork(JobKind kind, string snapshot, DateTimeOffset until, string reason) =>
        new() { Job = JobKey.NewId(Now), Kind = kind, Snapshot = snapshot, Until = until, Reason = reason };

    private async Task<Reply<JobView>> OpenWorkAsync(VmWorkState work, Caller caller, CancellationToken cancellation)
    {
        State.Work.Add(work);
        await KeepAsync();
        var reply = await QueueAsync(work, caller, cancellation);
        await KeepAsync();
        return reply;
    }

    // After a crash between intent and job, and after the end of a time in which nobody took it.
    private async Task QueueWorkAsync(CancellationToken cancellation)
    {
        foreach (var work in State.Work.ToList())
        {
            if (!work.Queued) await QueueAsync(work, ThePlan, cancellation);
            else if (work.Until <= Now) await GrainFactory.Get(new JobKey(Key.Tenant, work.Job)).LookAsync(cancellation);
        }
    }

    private async Task<Reply<JobView>> QueueAsync(VmWorkState work, Caller caller, CancellationToken cancellation)
    {
        var reply = await GrainFactory.Get(new JobKey(Key.Tenant, work.Job)).QueueAsync(
            new()
            {
                Caller = caller,
                Kind = work.Kind,
                Host = State.Host,
                Vault = State.Vault,
                Vm = Key.Vm,
                MachineId = State.MachineId,
                Until = work.Until,
                Reason = work.Reason,
            },
            cancellation);
        if (reply.Succeeded) State.Work[State.Work.IndexOf(work)] = work with { Queued = true };
        return reply;
    }

    private void EndWork(VmWorkState work, VmJobReport report)
    {
        State.Work.Remove(work);
        if (report.Audit is { } audit) Take(audit, work);
        if (report.Boot is { } boot && PointOf(work.Snapshot) is { } point) Take(boot, point, report);
        Retain();
    }

    private void Take(VmAudit audit, VmWorkState work)
    {
        State.AuditedAt[audit.Disk] = Now;
        Note(Key.Tenant, "vm.audited", ThePlan,
            ("disk", audit.Disk), ("snapshot", work.Snapshot), ("bytes", audit.Bytes), ("extents", audit.Extents), ("mismatches", audit.Mismatches.Length));
        if (audit.Mismatches.IsEmpty) return;

        State.ReadWhole[audit.Disk] = "audit";
        Raise(VmWords.Mismatch, "audit", audit.Disk);
        if (PointOf(work.Snapshot) is { } point) Replace(point, point with { State = VmPointState.Suspect });
    }

    private void Take(VmBoot boot, VmPointRecord point, VmJobReport report)
    {
        Note(Key.Tenant, "vm.boot-tested", ThePlan, ("snapshot", point.Point.Snapshot), ("good", boot.Good), ("verdict", boot.Verdict));
        Replace(point, point with
        {
            State = boot.Good ? point.State : VmPointState.Suspect,
            Boot = new()
            {
                Job = report.Job.Id,
                At = Now,
                Good = boot.Good,
                Verdict = boot.Verdict,
                Seconds = boot.Seconds,
                HasPicture = report.HasPicture,
            },
        });
        if (boot.Good) Clear(VmWords.BootFailed);
        else Raise(VmWords.BootFailed, "boot-test", point.Point.Snapshot);
    }
}
