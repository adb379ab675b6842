using BackupOnline.Grains.Interfaces.Contracts;
using BackupOnline.Grains.Interfaces.Names;
using BackupOnline.Grains.Interfaces.Replies;
using BackupOnline.Grains.Interfaces.Schedules;
using BackupOnline.Grains.Interfaces.Tenants;
using BackupOnline.Grains.Records;
using BackupOnline.Rules.Contracts;
using NodaTime;
using RuleStanding = BackupOnline.Rules.Contracts.ContractStanding;

namespace BackupOnline.Grains.Contracts;

/// <summary>What follows from a decision: state, facts, the schedules that wake the contract, the tenant's knowledge.</summary>
internal sealed partial class ContractGrain
{
    private const string Boundary = "contract.boundary";
    private const string NoticeDay = "contract.notice";
    private const string Deadline = "contract.deadline";
    private const string TellTenant = "contract.tell-tenant";

    // What was written last: reads interleave with a write.
    private ContractRecord? shown;
    private string shownContact = "";

    private static Caller TheSilo { get; } = new() { Operation = "time", Actor = "silo" };

    public async Task<FiringOutcome> FireAsync(ScheduleFiring firing, CancellationToken cancellation)
    {
        if (State.Record is null) return FiringOutcome.Ended;
        if (firing.Kind == TellTenant && !await TellTenantAsync()) return FiringOutcome.Failed("The tenant could not be told of the suspension.");

        PassTime();

        // Also without news: a day that passed unused while nobody was awake must not stay due.
        SetAlarms();
        if (HasNews()) await KeepAsync();
        return State.Alarms.TryGetValue(firing.Kind, out var next) ? FiringOutcome.DoneUntil(next) : FiringOutcome.Ended;
    }

    protected override void Show()
    {
        base.Show();
        shown = State.Record;
        shownContact = State.Contact;
    }

    private ContractView? Present() => shown is null ? null : ContractViews.View(Key.Tenant, shownContact, shown, Instant, Version);

    private Task<Reply<ContractView>> ObeyAsync(Caller caller, Operation operation, ContractCommand command, Action? accepted = null) =>
        ObeyAsync(caller, operation, command, Present, accepted);

    /// <summary>Tells what fell due before, carries out the command, tells what that makes due, writes all of it at once, and answers.</summary>
    /// <param name="operation">Null where the command itself names what it must not do twice.</param>
    private async Task<Reply<T>> ObeyAsync<T>(Caller caller, Operation? operation, ContractCommand command, Func<T?> present, Action? accepted = null)
        where T : class
    {
        if (operation is { } asked && Recall(asked, _ => present()) is { } known) return known;

        PassTime();
        var decision = ContractRule.Decide(State.Record, command, Instant);
        Carry(decision, caller);
        if (decision.Refusal is null && !decision.Events.IsEmpty)
        {
            accepted?.Invoke();
            if (operation is { } done) State.Operations.Remember(done);
        }

        PassTime();
        if (HasNews()) await KeepAsync();
        if (decision.Refusal is { } refusal) return ContractWords.ToRefusal(refusal);
        return decision.Events.IsEmpty ? Reply<T>.Repeated(present()!) : Reply<T>.Done(present()!);
    }

    private void PassTime() => Carry(ContractRule.Decide(State.Record, new ContractCommand.PassTime(), Instant), TheSilo);

    private void Carry(ContractDecision decision, Caller caller)
    {
        foreach (var happened in decision.Events)
        {
            var (name, details) = ContractFacts.Of(happened);
            Note(Key.Tenant, name, ContractFacts.IsOfTime(happened) ? TheSilo : caller, details);
            State.Record = ContractRule.Apply(State.Record, happened);
        }
    }

    private bool HasNews() => State.Facts.Count > 0 || State.Schedules.Count > 0;

    private async Task KeepAsync()
    {
        SetAlarms();
        await SaveAsync();
        if (State.ToldSuspended != MustSuspend()) await TellTenantAsync();
    }

    // Written with the state that makes them due: no end, notice or deadline can be forgotten.
    private void SetAlarms()
    {
        // A clock that was set back before the first payment takes no schedule away: it will be right again.
        var now = Instant.Max(Instant, State.Record!.FirstPaymentAt ?? Instant.MinValue);
        var moment = ContractClock.At(State.Record, now);
        SetAlarm(Boundary, moment.IsOver ? null : moment.EndsAt ?? moment.Period?.End);
        SetAlarm(NoticeDay, NoticeRoll.NextDue(State.Record, now));
        SetAlarm(Deadline, moment.Standing switch
        {
            RuleStanding.Transition => moment.TransitionEndsAt,
            RuleStanding.Retrieval => moment.ErasureDueAt,
            _ => null,
        });

        // One that waits for its next attempt goes on waiting.
        var waiting = State.Alarms.TryGetValue(TellTenant, out var since) ? Instant.FromDateTimeOffset(since) : Instant;
        SetAlarm(TellTenant, State.ToldSuspended == MustSuspend() ? null : waiting);
    }

    private void SetAlarm(string kind, Instant? due)
    {
        var next = due?.ToDateTimeOffset();
        if (State.Alarms.TryGetValue(kind, out var known) ? known == next : next is null) return;
        if (next is { } at) State.Alarms[kind] = at;
        else State.Alarms.Remove(kind);
        State.Schedules.Add(new()
        {
            Id = $"{kind.Replace('.', '-')}/{Key.Tenant}",
            Target = this.GetGrainId(),
            Kind = kind,
            Scope = Key.Tenant,
            NextDue = next,
        });
    }

    private bool MustSuspend() =>
        State.Record is { } record
        && (record.Suspension is not null || ContractClock.At(record, Instant).Standing >= RuleStanding.ErasureDue);

    /// <summary>Brings the tenant's service in line with the contract. What fails here is tried again by the schedule that the state wrote.</summary>
    private async Task<bool> TellTenantAsync()
    {
        var suspended = MustSuspend();
        if (State.ToldSuspended == suspended) return true;

        try
        {
            var reply = await GrainFactory.Get(new TenantKey(Key.Tenant)).SuspendAsync(
                new()
                {
                    Caller = new() { Operation = $"contract/{Version}/{suspended}", Actor = "silo" },
                    Suspended = suspended,
                    Cause = SuspensionCause.Contract,
                    Reason = State.Record?.Suspension?.Reason ?? (suspended ? "The contract is over." : "The contract's suspension is lifted."),
                },
                CancellationToken.None);
            if (!reply.Succeeded) return false;
        }
        catch (Exception fault)
        {
            LogTellingFailed(fault, Key);
            return false;
        }

        State.ToldSuspended = suspended;
        SetAlarms();
        await SaveAsync();
        return true;
    }
}
