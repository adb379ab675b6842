using BackupOnline.Grains.Interfaces.Jobs;
using BackupOnline.Grains.Interfaces.Names;
using BackupOnline.Grains.Interfaces.Replies;
using BackupOnline.Grains.Interfaces.Schedules;
using BackupOnline.Rules.VirtualMachines;
using NodaTime;
using NodaTime.Text;
using DayStanding = BackupOnline.Grains.Interfaces.VirtualMachines.VmDayStanding;
using RuleFault = BackupOnline.Rules.VirtualMachines.VmFault;
using RuleStanding = BackupOnline.Rules.VirtualMachines.VmDayStanding;

namespace BackupOnline.Grains.VirtualMachines;

/// <summary>
/// The machine's day: <see cref="VmDayRule"/> decides, this carries out. Every look is idempotent and reads all from the state, so that it does not matter
/// what woke it: the schedule, a job's report, a person.
/// </summary>
internal sealed partial class VirtualMachineGrain
{
    private const string DayKind = "vm.day";
    private const int MostDays = 60;

    /// <summary>An open run is looked after at least this often.</summary>
    private static readonly TimeSpan RunLook = TimeSpan.FromMinutes(30);

    /// <summary>A closed tenant's machine asks this often whether the service goes on.</summary>
    private static readonly TimeSpan ClosedLook = TimeSpan.FromHours(1);

    /// <summary>Should the silo die between a written intent and its job, the schedule comes back to it.</summary>
    private static readonly TimeSpan IntentLook = TimeSpan.FromMinutes(1);

    private string DaySchedule => $"vm-day/{Key.Tenant}/{Key.Vm}";

    private VmPlan Plan => new(
        DaySchedule, LocalTimePattern.CreateWithInvariantCulture("HH:mm").Parse(State.WindowStart).GetValueOrThrow(), Duration.FromTimeSpan(State.WindowLength), Paris.Zone);

    public async Task<FiringOutcome> FireAsync(ScheduleFiring firing, CancellationToken cancellation)
    {
        if (!Exists) return FiringOutcome.Ended;
        if (firing.Kind == BootKind) return await BootDueAsync(firing, cancellation);
        if (firing.Kind != DayKind) return FiringOutcome.Ended;
        await LookAsync(cancellation);
        return State.LookAt is { } next ? FiringOutcome.DoneUntil(next) : FiringOutcome.Ended;
    }

    /// <summary>Decides and acts until nothing is left to do now; writes.</summary>
    private async Task LookAsync(CancellationToken cancellation)
    {
        if (State.Closed && await WhyClosedAsync(cancellation) is null) Reopen();
        await RefreshAsync(cancellation);
        while (true)
        {
            var decision = VmDayRule.Decide(Question());
            Settle(decision);
            switch (decision.Step)
            {
                case VmStep.Open when await WhyClosedAsync(cancellation) is not null:
                    State.Closed = true;
                    break;
                case VmStep.Open:
                    await OpenAsync(NewRun(decision.Today, VmWords.ToCode(decision.Reason), isExtra: false), ThePlan, cancellation);
                    break;
                case VmStep.Withdraw:
                    await WithdrawAsync(cancellation);
                    break;
                default:
                    await JudgeAsync(decision, cancellation);
                    await ForgetAsync(cancellation);
                    State.LookAt = LookAfter(decision);
                    await KeepAsync();
                    return;
            }
        }
    }

    private VmDayQuestion Question() => new()
    {
        Plan = Plan,
        Now = Instant(Now),
        IsPaused = State.Paused || State.Closed,
        OwedFrom = Instant(State.OwedFrom),
        SettledUntil = Paris.Parse(State.SettledUntil),
        Covered = Covered(),
        Run = State.Run is { } run ? new(Paris.Parse(run.Day), run.Status is not (JobStatus.Queued or JobStatus.Interrupted), run.Extra) : null,
        GivenUp = State.GivenUp is { } day ? Paris.Parse(day) : null,
    };

    private HashSet<LocalDate> Covered() => [.. State.Points.Where(point => point.IsGood).Select(point => Paris.Parse(point.Day))];

    // What a lost message may have kept from us. A run that has made something tells it with its report, which it repeats now.
    private async Task RefreshAsync(CancellationToken cancellation)
    {
        await QueueWorkAsync(cancellation);
        if (State.Run is not { } run) return;
        if (!run.Queued)
        {
            await OpenAsync(run, ThePlan, cancellation);
            return;
        }

        var reply = await GrainFactory.Get(new JobKey(Key.Tenant, run.Job)).LookAsync(cancellation);
        if (reply.Value is { } view) Take(view);
    }

    private void Take(JobView view)
    {
        if (State.Run is not { } run || run.Job != view.Id || view.Version < run.Version) return;
        State.Run = run with { Status = view.Status, Attempt = view.Attempt, Failure = view.Failure, Version = view.Version };
        if (view.Status == JobStatus.Failed) EndWithout(view);
    }

    private VmRunState NewRun(LocalDate day, string reason, bool isExtra) => new()
    {
        Job = JobKey.NewId(Now),
        Day = Paris.Text(day),
        Extra = isExtra,
        Reason = reason,
        Until = Plan.EndOf(day).ToDateTimeOffset(),
    };

    // The intent is written first: after a crash the same job is queued, not a second one.
    private async Task<Reply<JobView>> OpenAsync(VmRunState run, Caller caller, CancellationToken cancellation)
    {
        if (State.Run?.Job != run.Job)
        {
            State.Run = run;
            State.LastOpened = run.Day;
            State.LookAt = Now + IntentLook;
            await KeepAsync();
            LogRunOpened(Key, run.Day, run.Job, run.Reason);
        }

        var reply = await GrainFactory.Get(new JobKey(Key.Tenant, run.Job)).QueueAsync(
            new()
            {
                Caller = caller,
                Kind = JobKind.VmBackup,
                Host = State.Host,
                Vault = State.Vault,
                Vm = Key.Vm,
                MachineId = State.MachineId,
                Until = run.Until,
                Reason = run.Reason,
            },
            cancellation);
        if (reply.Value is not { } view) throw new InvalidOperationException($"Job {run.Job} was refused: {reply.Refusal!.Code}");
        State.Run = run with { Queued = true };
        Take(view);
        return reply;
    }

    private async Task WithdrawAsync(CancellationToken cancellation)
    {
        var run = State.Run!;
        var job = GrainFactory.Get(new JobKey(Key.Tenant, run.Job));
        var reply = await job.WithdrawAsync(cancellation);
        if (reply.Value is { } ended && ended.Status == JobStatus.Failed) EndWithout(ended);
        else State.Run = run with { Status = JobStatus.Running };
    }

    // A run that was taken back because its day was over says nothing of the new day.
    private void EndWithout(JobView view)
    {
        var run = State.Run!;
        State.Run = null;
        State.LastFailure = view.Failure ?? State.LastFailure;
        if (!run.Extra && run.Day == Paris.DayText(Now) && !State.Paused) State.GivenUp = run.Day;
    }

    private void Settle(VmDayDecision decision)
    {
        foreach (var (day, standing) in decision.Settled.Select(settled => (settled.Day, settled.Standing)))
        {
            var text = Paris.Text(day);
            var cause = standing == RuleStanding.Lost ? LossCause(text) : null;
            State.SettledUntil = text;
            State.Days.Add(new() { Day = text, Standing = (DayStanding)standing, Cause = cause });
            if (standing != RuleStanding.Lost) continue;
            Raise(VmWords.Lost, cause!, text);
            Note(Key.Tenant, "vm.day-lost", ThePlan, ("day", text), ("cause", cause), ("failure", State.LastFailure?.Code));
            LogDayLost(Key, text, cause);
        }

        if (State.Days.Count > MostDays) State.Days.RemoveRange(0, State.Days.Count - MostDays);
        if (!decision.Settled.IsEmpty) Retain();
    }

    // What put the day at risk is what lost it.
    private string LossCause(string day) =>
        State.Incidents.Find(incident => incident.Kind == VmWords.AtRisk && incident.Detail == day)?.Cause
        ?? (State.LastFailure is not null ? "attempts-fail" : State.LastOpened == day ? "host-away" : "service-away");

    private async Task JudgeAsync(VmDayDecision decision, CancellationToken cancellation)
    {
        var isWanted = decision.Reason is VmReason.RunOpen or VmReason.GivenUp && State.Run is not { Extra: true };
        if (decision.Reason == VmReason.Covered)
        {
            Clear(VmWords.AtRisk);
            Clear(VmWords.Lost);
        }

        if (!isWanted)
        {
            if (State.Incidents.Find(i => i.Kind == VmWords.AtRisk) is { } old && old.Detail != Paris.Text(decision.Today)) Clear(VmWords.AtRisk);
            return;
        }

        var host = await GrainFactory.Get(new HostKey(Key.Tenant, State.Host)).ReadAsync(cancellation);
        var fault = (State.Run?.Failure ?? (State.Run is null ? State.LastFailure : null))?.Fault;
        var trouble = VmRiskRule.Judge(new()
        {
            Now = Instant(Now),
            OpensAt = decision.OpensAt,
            IsRunning = State.Run?.Status == JobStatus.Running,
            IsGivenUp = decision.Reason == VmReason.GivenUp,
            Failures = State.Run?.Failures ?? 0,
            LastFault = fault is { } known ? (RuleFault)known : null,
            HostSeenAt = host.Value?.LastSeenAt is { } seen ? Instant(seen) : null,
        });
        var day = State.Run?.Day ?? Paris.Text(decision.Today);
        if (trouble is { } why) Raise(VmWords.AtRisk, VmWords.ToCode(why), day);
        else Clear(VmWords.AtRisk);
    }

    private DateTimeOffset? LookAfter(VmDayDecision decision)
    {
        if (State.Closed && !State.Paused) return Now + ClosedLook;
        if (decision.LookAt is not { } at) return null;
        var next = at.ToDateTimeOffset();
        if (State.Run is null) return next;
        var patience = (decision.OpensAt + VmRiskRule.Patience).ToDateTimeOffset() + TimeSpan.FromSeconds(1);
        var soon = Now + RunLook;
        if (patience > Now && patience < soon) soon = patience;
        return soon < next ? soon : next;
    }

    private void Resume() => State.OwedFrom = Now;

    private void Reopen()
    {
        State.Closed = false;
        State.OwedFrom = Now;
    }

    private void Raise(string kind, string cause, string? detail)
    {
        if (State.Incidents.Find(incident => incident.Kind == kind) is { } open)
        {
            if (open.Cause == cause && open.Detail == detail) return;
            State.Incidents.Remove(open);
        }

        State.Incidents.Add(new(kind, cause, Now, detail));
        Note(Key.Tenant, "vm.incident-opened", ThePlan, ("kind", kind), ("cause", cause), ("about", detail));
    }

    private void Clear(string kind)
    {
        if (State.Incidents.RemoveAll(incident => incident.Kind == kind) > 0) Note(Key.Tenant, "vm.incident-closed", ThePlan, ("kind", kind));
    }

    // The row shows people the plan; its due instant is the next look.
    private Task KeepAsync()
    {
        State.ChangedAt = Now;
        if (State.LookAt != writtenLook || !hasWritten)
        {
            Schedule(DaySchedule, DayKind, Key.Tenant, VmRequests.Timing(State.WindowStart, State.WindowLength), State.LookAt);
            (writtenLook, hasWritten) = (State.LookAt, true);
        }

        return SaveAsync();
    }

    private DateTimeOffset? writtenLook;
    private bool hasWritten;
}
