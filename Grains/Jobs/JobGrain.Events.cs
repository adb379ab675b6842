using BackupOnline.Grains.Interfaces.Jobs;
using BackupOnline.Grains.Interfaces.Names;
using BackupOnline.Grains.Interfaces.Replies;
using BackupOnline.Rules.Jobs;

namespace BackupOnline.Grains.Jobs;

/// <summary>What follows from a decision: state, facts, the host's knowledge, the clocks that wake the run.</summary>
internal sealed partial class JobGrain
{
    private const string Alarm = "alarm";

    /// <summary>Of the lease when the silo that watched it died, of the deadline, of an end that the host was not told. The shortest that Orleans keeps.</summary>
    private static readonly TimeSpan AlarmEvery = TimeSpan.FromMinutes(1);

    private DateTimeOffset writtenAt;
    private IGrainTimer? leaseTimer;
    private IGrainTimer? hostTeller;

    private static Caller TheSilo { get; } = new() { Operation = Alarm, Actor = "silo" };

    public async Task ReceiveReminder(string reminderName, TickStatus status)
    {
        if (State.Run is { HasEnded: false }) await CheckClocksAsync(CancellationToken.None);
        else if (!Exists) await SleepAsync();
        if (Exists) TellSoon();
    }

    private async Task CheckClocksAsync(CancellationToken cancellation)
    {
        await CarryOutAsync(Decide(new JobCommand.LeaseRanOut()), TheSilo);
        await CarryOutAsync(Decide(new JobCommand.DeadlinePassed()), TheSilo);
        WatchLease();
    }

    private async Task CarryOutAsync(JobDecision decision, Caller caller)
    {
        if (decision.Events.IsEmpty) return;
        foreach (var happened in decision.Events)
        {
            NoteEvent(happened, caller);
        }

        var before = Shown?.Status;
        Apply(decision);
        await SaveAsync();
        writtenAt = Now;
        if (Shown!.Status != before || decision.Events.Any(e => e is JobEvent.AttemptStarted)) live.Publish(JobView.StreamNamespace, Key.Job, Shown);
        TellSoon();
    }

    private void Apply(JobDecision decision)
    {
        foreach (var happened in decision.Events)
        {
            State.Run = JobRule.Apply(State.Run, happened);
        }

        WatchLease();
    }

    // On the state before the event.
    private void NoteEvent(JobEvent happened, Caller caller)
    {
        switch (happened)
        {
            case JobEvent.AttemptStarted started:
                State.Progress = new();
                NoteJob("job.started", caller, started.Attempt, ("kind", State.Kind), ("host", State.Host), ("vault", State.Vault), ("vm", State.Vm));
                break;
            case JobEvent.Postponed postponed:
                NoteJob("job.attempt-failed", caller, State.Run!.Attempt,
                    ("code", State.Failure?.Code), ("fault", State.Failure?.Fault), ("exitCode", postponed.ExitCode), ("nextAttemptAt", postponed.NextAttemptAt));
                break;
            case JobEvent.LeaseRenewed when State.Run!.Standing == JobStanding.Interrupted:
                NoteJob("job.resumed", caller, State.Run.Attempt);
                break;
            case JobEvent.Interrupted:
                NoteJob("job.interrupted", caller, State.Run!.Attempt);
                LogJobInterrupted(Key, State.Run.Attempt);
                break;
            case JobEvent.Ended ended:
                if (ended.Cause != JobCause.AgentsWord) State.Message = JobWords.ToMessage(ended.Cause);
                NoteJob(JobWords.ToFact(ended.Standing), caller, State.Run!.Attempt,
                    ("cause", JobWords.ToCode(ended.Cause)), ("snapshot", ended.Snapshot), ("exitCode", ended.ExitCode));
                LogJobEnded(Key, ended.Standing, ended.Cause);
                break;
        }
    }

    private void NoteJob(string @event, Caller caller, int attempt, params (string, object?)[] details) =>
        Note(Key.Tenant, @event, caller, [("attempt", attempt), .. details]);

    // A timer and not a decision: a report that woke this activation comes first, and renews.
    private void WatchLease()
    {
        if (State.Run?.LeaseEndsAt is not { } end) return;
        var left = end.ToDateTimeOffset() - Now;
        leaseTimer ??= this.RegisterGrainTimer(CheckClocksAsync, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        leaseTimer.Change(left > TimeSpan.Zero ? left : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }

    // Between turns: the host or the machine may be waiting for this run at the moment. The alarm tries again until they have been told.
    private void TellSoon()
    {
        if (State.Vm is null && State.Run is not { HasEnded: true }) return;
        hostTeller ??= this.RegisterGrainTimer(
            TellHostAsync, new GrainTimerCreationOptions(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan) { Interleave = true });
        hostTeller.Change(TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }

    private async Task TellHostAsync(CancellationToken cancellation)
    {
        try
        {
            if (State.Vm is null) await GrainFactory.Get(new HostKey(Key.Tenant, State.Host)).JobEndedAsync(Key.Job, cancellation);
            else await TellOrderersAsync(cancellation);
            if (State.Run is { HasEnded: true }) await SleepAsync();
        }
        catch (Exception fault)
        {
            LogTellingFailed(fault, Key);
        }
    }

    private Task<IGrainReminder> WakeRegularlyAsync() => this.RegisterOrUpdateReminder(Alarm, AlarmEvery, AlarmEvery);

    private async Task SleepAsync()
    {
        if (await this.GetReminder(Alarm) is { } alarm) await this.UnregisterReminder(alarm);
    }
}
