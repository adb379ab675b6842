using BackupOnline.Grains.Interfaces.Hosts;
using BackupOnline.Grains.Interfaces.Jobs;
using BackupOnline.Grains.Interfaces.Names;
using BackupOnline.Grains.Interfaces.Replies;
using BackupOnline.Grains.Interfaces.VirtualMachines;
using BackupOnline.Grains.Records;
using BackupOnline.Grains.Requests;
using BackupOnline.Rules.Jobs;
using BackupOnline.Rules.VirtualMachines;
using NodaTime;

namespace BackupOnline.Grains.Jobs;

/// <summary>Runs that a virtual machine orders: they wait for their host, attempt by attempt.</summary>
internal sealed partial class JobGrain
{
    private long toldVersion;

    private JobPolicy Policy => State.Vm is null
        ? policy
        : policy with { MaxAttempts = State.Kind == JobKind.VmBackup ? VmRetryPolicy.Default.MaxAttempts : VmRetryPolicy.Default.MaxOtherAttempts };

    public async Task<Reply<JobView>> QueueAsync(QueueJob request, CancellationToken cancellation)
    {
        if ((Check.Caller(request.Caller) ?? Check.Name(request.Host, "host") ?? Check.Name(request.Vault, "vault") ?? Check.Name(request.Vm, "vm")) is { } wrong) return wrong;
        if (Exists)
        {
            TellSoon();
            return Reply<JobView>.Repeated(Shown!);
        }

        await WakeRegularlyAsync();
        State.Tenant = Key.Tenant;
        State.Id = Key.Job;
        State.Kind = request.Kind;
        State.Host = request.Host;
        State.Vault = request.Vault;
        State.Vm = request.Vm;
        State.MachineId = request.MachineId;
        Note(Key.Tenant, "job.queued", request.Caller,
            ("kind", request.Kind), ("vm", request.Vm), ("host", request.Host), ("vault", request.Vault), ("reason", request.Reason));
        await CarryOutAsync(Decide(new JobCommand.Queue(Instant.FromDateTimeOffset(request.Until))), request.Caller);
        return Reply<JobView>.Done(Shown!);
    }

    public async Task<Reply<JobView>> TakeAsync(TakeJob request, CancellationToken cancellation)
    {
        if ((Check.Caller(request.Caller) ?? Check.Name(request.Host, "host")) is { } wrong) return wrong;
        if (!Exists || State.Vm is null || State.Host != request.Host) return Unknown.Job;

        var operation = Operation.Of(request.Caller, "take", request.Host);
        if (Recall(operation) is { } known) return known;

        var decision = Decide(new JobCommand.Take());
        if (decision.Refusal is { } refusal)
        {
            // Somebody offers what has ended: the host does not know it.
            if (refusal == JobRefusal.AlreadyEnded) TellAgain();
            return JobWords.ToRefusal(refusal);
        }

        await WakeRegularlyAsync();
        State.Operations.Remember(operation);
        await CarryOutAsync(decision, request.Caller);
        return Shown!.EndedAt is null ? Reply<JobView>.Done(Shown) : JobWords.ToRefusal(JobRefusal.AlreadyEnded);
    }

    public async Task<Reply<JobView>> WithdrawAsync(CancellationToken cancellation)
    {
        if (!Exists) return Unknown.Job;
        var decision = Decide(new JobCommand.Withdraw());
        if (decision.Refusal is { } refusal) return JobWords.ToRefusal(refusal);
        await CarryOutAsync(decision, TheSilo);
        return Reply<JobView>.Done(Shown!);
    }

    public async Task<Reply<JobView>> LookAsync(CancellationToken cancellation)
    {
        if (!Exists) return Unknown.Job;
        if (State.Run is { HasEnded: false }) await CheckClocksAsync(cancellation);
        TellSoon();
        return Reply<JobView>.Done(Shown!);
    }

    public Task<Reply<BootPicture>> PictureAsync(CancellationToken cancellation) =>
        Task.FromResult(Exists && State.Picture is { } png ? Reply<BootPicture>.Done(new() { Png = png }) : Unknown.Picture);

    private void KeepOutcome(FinishJob request)
    {
        var failed = JobRule.StandingOf(request.ExitCode) == JobStanding.Failed;
        State.Failure = failed ? FailureOf(request) : null;
        State.Point = failed ? null : request.Point;
        State.Audit = request.Audit;
        State.Boot = request.Boot is { } boot ? boot with { Picture = null } : null;
        State.Picture = request.Boot?.Picture;
    }

    private Duration? RetryAfter(FinishJob request) =>
        State.Vm is null || JobRule.StandingOf(request.ExitCode) != JobStanding.Failed || request.Attempt < 1
            ? null
            : VmRetryRule.After((Rules.VirtualMachines.VmFault)FailureOf(request).Fault, request.Attempt, State.Kind == JobKind.VmBackup, VmRetryPolicy.Default);

    private static VmFailure FailureOf(FinishJob request) =>
        request.Failure ?? new() { Code = "failed", Fault = Interfaces.VirtualMachines.VmFault.Transient, Text = request.Message };

    // Until both know the present version; the alarm tries again.
    private async Task TellOrderersAsync(CancellationToken cancellation)
    {
        while (toldVersion < Version && Shown is { } view)
        {
            var change = new WorkChange { Offer = ToOffer(view), Version = view.Version, Offered = IsOffered(view), Ended = view.EndedAt is not null };
            var report = new VmJobReport { Job = view, Point = State.Point, Audit = State.Audit, Boot = State.Boot, HasPicture = State.Picture is not null };
            await GrainFactory.Get(new HostKey(Key.Tenant, State.Host)).WorkChangedAsync(change, cancellation);
            await GrainFactory.Get(new VmKey(Key.Tenant, State.Vm!)).JobReportedAsync(report, cancellation);
            toldVersion = view.Version;
        }
    }

    private void TellAgain()
    {
        toldVersion = 0;
        TellSoon();
    }

    private WorkOffer ToOffer(JobView view) => new()
    {
        Job = view.Id,
        Kind = view.Kind,
        Vm = State.Vm!,
        MachineId = State.MachineId!,
        Vault = view.Vault,
        NotBefore = view.NextAttemptAt,
    };

    private static bool IsOffered(JobView view) => view.Status is JobStatus.Queued or JobStatus.Interrupted;
}
