using BackupOnline.Grains.Interfaces.Jobs;
using BackupOnline.Grains.Interfaces.Names;
using BackupOnline.Grains.Interfaces.Replies;
using BackupOnline.Grains.Interfaces.Schedules;
using BackupOnline.Grains.Interfaces.VirtualMachines;
using BackupOnline.Grains.Records;
using BackupOnline.Grains.Requests;
using BackupOnline.Grains.Tenants;
using BackupOnline.Persistence.Storage;
using Microsoft.Extensions.Logging;

namespace BackupOnline.Grains.VirtualMachines;

/// <summary>The verbs of people. The day stands in <c>.Days.cs</c>, what jobs tell in <c>.Reports.cs</c>, other work in <c>.Work.cs</c>.</summary>
internal sealed partial class VirtualMachineGrain(
    IGrainContext context,
    [PersistentState(StateNames.Vm, RecordedStorage.Name)] IPersistentState<VirtualMachineState> store,
    TimeProvider clock,
    ILogger<VirtualMachineGrain> logger) : RecordedGrain<VirtualMachineState, VmView>(store, clock), IVirtualMachineGrain, IScheduledGrain
{
    private VmPointList points = new() { Items = [] };
    private VmDayList days = new() { Days = [], Removed = [] };
    private Dictionary<string, VmOrder> orders = [];

    private VmKey Key { get; } = VmKey.Parse(context.GrainId.Key.ToString()!);

    private static Caller ThePlan { get; } = new() { Operation = "vm.day", Actor = "silo" };

    public async Task<Reply<VmView>> CreateAsync(CreateVm request, CancellationToken cancellation)
    {
        if ((Check.Caller(request.Caller) ?? VmRequests.Check(request)) is { } wrong) return wrong;

        var operation = Operation.Of(request.Caller, "create", request.Host, request.MachineId, request.Vault, request.WindowStart, request.WindowLength, request.Wanted,
            request.AllowFallback, request.ExcludedDisks);
        if (Recall(operation) is { } known) return known;
        if (Exists) return Refusal.Conflict("vm-exists", $"There is a virtual machine '{Key.Vm}' already. Choose another name.");
        if (await WhyClosedAsync(cancellation) is { } closed) return closed;
        var adopted = await GrainFactory.Get(new HostKey(Key.Tenant, request.Host)).AdoptAsync(
            new() { Vm = Key.Vm, MachineId = request.MachineId, Vault = request.Vault }, cancellation);
        if (!adopted.Succeeded) return adopted.Refusal;

        State.Tenant = Key.Tenant;
        State.Name = Key.Vm;
        State.Host = request.Host;
        State.MachineId = request.MachineId;
        State.Vault = request.Vault;
        State.WindowStart = request.WindowStart;
        State.WindowLength = request.WindowLength;
        State.Wanted = request.Wanted;
        State.AllowFallback = request.AllowFallback;
        State.ExcludedDisks = [.. request.ExcludedDisks];
        State.CreatedAt = Now;
        State.OwedFrom = Now;
        State.SettledUntil = Paris.Text(Plan.DayOf(Instant(Now)).PlusDays(-1));
        State.Operations.Remember(operation);
        Note(Key.Tenant, "vm.created", request.Caller,
            ("host", request.Host), ("machine", request.MachineId), ("vault", request.Vault), ("window", $"{request.WindowStart} +{request.WindowLength:c}"));
        BootWeekly();
        await LookAsync(cancellation);
        return Reply<VmView>.Done(Shown!);
    }

    public Task<Reply<VmView>> ReadAsync(CancellationToken cancellation) => Task.FromResult(Shown is { } view ? Reply<VmView>.Done(view) : Unknown.Vm);

    public Task<Reply<VmPointList>> PointsAsync(CancellationToken cancellation) => Task.FromResult(Shown is null ? Unknown.Vm : Reply<VmPointList>.Done(points));

    public Task<Reply<VmDayList>> DaysAsync(CancellationToken cancellation) => Task.FromResult(Shown is null ? Unknown.Vm : Reply<VmDayList>.Done(days));

    public async Task<Reply<VmView>> ChangeAsync(ChangeVm request, CancellationToken cancellation)
    {
        if ((Check.Caller(request.Caller) ?? VmRequests.Check(request)) is { } wrong) return wrong;
        if (!Exists) return Unknown.Vm;

        var operation = Operation.Of(request.Caller, "change", request.ExpectedVersion, request.WindowStart, request.WindowLength, request.Wanted, request.AllowFallback, request.ExcludedDisks);
        if (Recall(operation) is { } known) return known;
        if (request.ExpectedVersion is { } expected && expected != Version)
            return Refusal.Stale("version-stale", $"The virtual machine is at version {Version} by now, not {expected}. Read it again, then change it.");

        State.WindowStart = request.WindowStart;
        State.WindowLength = request.WindowLength;
        State.Wanted = request.Wanted;
        State.AllowFallback = request.AllowFallback;
        State.ExcludedDisks = [.. request.ExcludedDisks];
        State.Operations.Remember(operation);
        Note(Key.Tenant, "vm.changed", request.Caller,
            ("window", $"{request.WindowStart} +{request.WindowLength:c}"), ("wanted", request.Wanted), ("allowFallback", request.AllowFallback), ("excludedDisks", string.Join(' ', request.ExcludedDisks)));
        await LookAsync(cancellation);
        return Reply<VmView>.Done(Shown!);
    }

    public async Task<Reply<VmView>> PauseAsync(PauseVm request, CancellationToken cancellation)
    {
        if ((Check.Caller(request.Caller) ?? Check.Text(request.Reason, "reason", 0, 200)) is { } wrong) return wrong;
        if (!Exists) return Unknown.Vm;

        var operation = Operation.Of(request.Caller, "pause", request.Paused, request.Reason);
        if (Recall(operation) is { } known) return known;
        if (State.Paused == request.Paused) return Reply<VmView>.Repeated(Shown!);

        if (!request.Paused) Resume();
        State.Paused = request.Paused;
        State.Operations.Remember(operation);
        Note(Key.Tenant, request.Paused ? "vm.paused" : "vm.resumed", request.Caller, ("reason", request.Reason));
        await LookAsync(cancellation);
        return Reply<VmView>.Done(Shown!);
    }

    public async Task<Reply<VmView>> ExcludeAsync(ExcludeVmDisk request, CancellationToken cancellation)
    {
        if ((Check.Caller(request.Caller) ?? Check.Text(request.Disk, "disk", 1, 200)) is { } wrong) return wrong;
        if (!Exists) return Unknown.Vm;

        var operation = Operation.Of(request.Caller, "exclude", request.Disk, request.Excluded);
        if (Recall(operation) is { } known) return known;
        if (State.ExcludedDisks.Contains(request.Disk) == request.Excluded) return Reply<VmView>.Repeated(Shown!);
        if (request.Excluded && State.ExcludedDisks.Count >= VmRequests.MostDisks) return VmRequests.TooManyDisks;

        if (request.Excluded) State.ExcludedDisks.Add(request.Disk);
        else State.ExcludedDisks.Remove(request.Disk);
        State.Operations.Remember(operation);
        Note(Key.Tenant, request.Excluded ? "vm.disk-excluded" : "vm.disk-included", request.Caller, ("disk", request.Disk));
        await KeepAsync();
        return Reply<VmView>.Done(Shown!);
    }

    public async Task<Reply<VmPointView>> HoldAsync(HoldVmPoint request, CancellationToken cancellation)
    {
        if ((Check.Caller(request.Caller) ?? Check.Hash(request.Snapshot, "snapshot") ?? Check.Text(request.Reason, "reason", 1, 200)) is { } wrong) return wrong;
        if (!Exists) return Unknown.Vm;

        var operation = Operation.Of(request.Caller, "hold", request.Snapshot, request.Held, request.Reason);
        if (Recall(operation, _ => PointOf(request.Snapshot)?.ToView()) is { } known) return known;
        if (PointOf(request.Snapshot) is not { } point) return Unknown.Point;

        Replace(point, point with { OnLegalHold = request.Held });
        State.Operations.Remember(operation);
        Note(Key.Tenant, request.Held ? "vm.point-held" : "vm.point-released", request.Caller, ("snapshot", request.Snapshot), ("reason", request.Reason));
        var view = PointOf(request.Snapshot)!.ToView();
        Retain();
        await KeepAsync();
        return Reply<VmPointView>.Done(PointOf(request.Snapshot)?.ToView() ?? view);
    }

    public async Task<Reply<JobView>> RunAsync(RunVm request, CancellationToken cancellation)
    {
        if (Check.Caller(request.Caller) is { } wrong) return wrong;
        if (!Exists) return Unknown.Vm;

        var operation = Operation.Of(request.Caller, "run");
        if (State.Operations.Find(operation) is { Made: { } made } known)
            return known.Fingerprint == operation.Fingerprint ? Again(await GrainFactory.Get(new JobKey(Key.Tenant, made)).ReadAsync(cancellation)) : Operation.Reused;
        if (State.Paused) return Refusal.Conflict("vm-paused", "The backup of this machine is paused. Resume it first.");
        if (State.Run is { } open) return Refusal.Conflict("run-open", $"The backup {open.Job} is open already. Wait for its end.");
        if (await WhyClosedAsync(cancellation) is { } closed) return closed;

        var today = Plan.DayOf(Instant(Now));
        var run = NewRun(today, "run-now", Covered().Contains(today));
        State.Operations.Remember(operation, run.Job);
        State.GivenUp = null;
        Note(Key.Tenant, "vm.run-asked", request.Caller, ("job", run.Job), ("day", run.Day), ("extra", run.Extra));
        var view = await OpenAsync(run, request.Caller, cancellation);
        await LookAsync(cancellation);
        return view;
    }

    protected override VmView ToView(long version) => State.ToView(version, Now);

    protected override void Show()
    {
        base.Show();
        points = new() { Items = [.. Enumerable.Reverse(State.Points).Select(point => point.ToView())] };
        days = new() { Days = [.. Enumerable.Reverse(State.Days)], Removed = [.. Enumerable.Reverse(State.Removed)] };
        orders = State.ToOrders();
    }

    private static Reply<JobView> Again(Reply<JobView> reply) => reply.Succeeded ? Reply<JobView>.Repeated(reply.Value) : reply;

    private static NodaTime.Instant Instant(DateTimeOffset at) => NodaTime.Instant.FromDateTimeOffset(at);

    private async Task<Refusal?> WhyClosedAsync(CancellationToken cancellation)
    {
        var tenant = await GrainFactory.Get(new TenantKey(Key.Tenant)).ReadAsync(cancellation);
        return tenant.Succeeded ? TenantGate.WhyNot(tenant.Value) : tenant.Refusal;
    }

    private VmPointRecord? PointOf(string snapshot) => State.Points.Find(point => point.Point.Snapshot == snapshot);

    private void Replace(VmPointRecord before, VmPointRecord after) => State.Points[State.Points.IndexOf(before)] = after;
}
