using System.Collections.Immutable;
using System.Numerics;
using BackupOnline.Rules.Availability;
using NodaTime;

namespace BackupOnline.Rules.Contracts;

/// <summary>The life of one contract (articles 1, 2, 4, 5, 6 and 9): which command makes what happen.</summary>
public static partial class ContractRule
{
    /// <summary>
    /// Judges a command. Instants are UTC, civil dates those of the contract's zone, money whole hundredths, every span half-open. What has fallen due before is the business of
    /// <see cref="ContractCommand.PassTime"/>: give that one first, and once more after a command that was accepted.
    /// </summary>
    /// <param name="contract">The state, or null before any order.</param>
    public static ContractDecision Decide(ContractRecord? contract, ContractCommand command, Instant now)
    {
        if (command is ContractCommand.Order order) return OnOrder(contract, order, now);
        if (contract is null) return command is ContractCommand.PassTime ? ContractDecision.Nothing : Refuse(ContractRefusal.Unknown);

        var moment = ContractClock.At(contract, now);
        return command switch
        {
            ContractCommand.Pay pay => OnPay(contract, pay, moment, now),
            ContractCommand.GiveNotice notice => OnGiveNotice(contract, notice, moment, now),
            ContractCommand.WithdrawNotice withdrawal => OnWithdrawNotice(withdrawal, moment, now),
            ContractCommand.Suspend suspend => OnSuspend(contract, suspend, moment, now),
            ContractCommand.Resume resume => contract.Suspension is null ? ContractDecision.Nothing : Accept(new ContractEvent.Resumed(now, resume.By, resume.Reason)),
            ContractCommand.ProposeAbuse proposal => OnProposeAbuse(contract, proposal, moment, now),
            ContractCommand.JudgeAbuse judgement => OnJudgeAbuse(contract, judgement, moment, now),
            ContractCommand.ChangePrice price => OnChangePrice(contract, price, moment),
            ContractCommand.ChangePolicy policy => OnChangePolicy(contract, policy.Policy, moment),
            ContractCommand.SealMonth seal => OnSealMonth(contract, seal, now),
            ContractCommand.CorrectMonth correction => OnCorrectMonth(contract, correction, moment, now),
            ContractCommand.RecordNotice notice => OnRecordNotice(contract, notice.Notice, now),
            ContractCommand.RecordRefund refund => OnRecordRefund(contract, refund, now),
            ContractCommand.CertifyErasure erasure => OnCertifyErasure(contract, erasure, moment, now),
            _ => OnPassTime(contract, moment, now),
        };
    }

    /// <summary>
    /// The part of a period's price that is left at <paramref name="at"/>: price * unused time / whole time of the period with its credits, rounded up to a
    /// hundredth, in the customer's favour.
    /// </summary>
    public static long UnusedCents(long cents, TermPeriod period, Instant at)
    {
        var whole = (period.End - period.Start).ToBigIntegerNanoseconds();
        var unused = (period.End - at).ToBigIntegerNanoseconds();
        return (long)BigInteger.Divide((cents * unused) + whole - 1, whole);
    }

    private static ContractDecision OnOrder(ContractRecord? contract, ContractCommand.Order order, Instant now)
    {
        if (contract is not null && ContractClock.At(contract, now).Standing is not (ContractStanding.Withdrawn or ContractStanding.Erased))
        {
            return Refuse(ContractRefusal.AlreadyOrdered);
        }

        return Accept(new ContractEvent.Ordered(now, order.Client, order.Currency, order.Cents, order.Policy));
    }

    private static ContractDecision OnPay(ContractRecord contract, ContractCommand.Pay pay, ContractMoment moment, Instant now)
    {
        if (contract.Payments.FirstOrDefault(payment => payment.Reference == pay.Reference) is { } known)
        {
            if ((known.Cents, known.Currency) != (pay.Cents, pay.Currency)) return Refuse(ContractRefusal.PaymentDiffers);
            return known.TurnedAway is { } reason ? Refuse(reason) : ContractDecision.Nothing;
        }

        var tolerance = contract.FirstPolicy.ClockTolerance;
        if (pay.PaidAt > now + tolerance) return Refuse(ContractRefusal.PaymentInFuture);
        if (pay.PaidAt < contract.OrderedAt - tolerance) return Refuse(ContractRefusal.PaymentBeforeOrder);

        var recorded = new ContractEvent.PaymentRecorded(new()
        {
            Reference = pay.Reference,
            Cents = pay.Cents,
            Currency = pay.Currency,
            PaidAt = Instant.Min(pay.PaidAt, now),
            RecordedAt = now,
            TurnedAway = moment.IsOver ? ContractRefusal.Over : pay.Currency != contract.Currency ? ContractRefusal.CurrencyDiffers : null,
        });
        if (recorded.Payment.TurnedAway is not null) return ContractDecision.TurnAway(recorded);
        return contract.FirstPaymentAt is null ? Accept(recorded, new ContractEvent.Activated(recorded.Payment.PaidAt)) : Accept(recorded);
    }

    private static ContractDecision OnGiveNotice(ContractRecord contract, ContractCommand.GiveNotice notice, ContractMoment moment, Instant now)
    {
        if (moment.IsOver) return Refuse(ContractRefusal.Over);
        if (contract.FirstPaymentAt is null) return Accept(new ContractEvent.OrderWithdrawn(now, notice.By, notice.Reason));

        var termination = new ContractTermination { Cause = TerminationCause.Notice, At = now, By = notice.By, Reason = notice.Reason };
        if (notice.AtOnce) return OnLeaveAtOnce(contract, termination, moment, now);
        return moment.Standing == ContractStanding.NoticeGiven ? ContractDecision.Nothing : Accept(new ContractEvent.NoticeTaken(termination));
    }

    private static ContractDecision OnLeaveAtOnce(ContractRecord contract, ContractTermination termination, ContractMoment moment, Instant now)
    {
        if (!moment.MayLeaveAtOnce) return Refuse(ContractRefusal.MayNotLeaveAtOnce);

        var period = moment.Period!;
        var unused = UnusedCents(contract.PriceOf(period.Index), period, now);
        var owed = moment.PaidCents - (moment.DueCents - unused);
        return Accept(new ContractEvent.LeftAtOnce(
            termination with { Cause = TerminationCause.FreeTermination, UnusedCents = unused },
            owed > 0 ? new(owed, now + Duration.FromDays(contract.PolicyOf(period.Index).RefundDays)) : null));
    }

    private static ContractDecision OnWithdrawNotice(ContractCommand.WithdrawNotice withdrawal, ContractMoment moment, Instant now) => moment switch
    {
        { IsOver: true } => Refuse(ContractRefusal.Over),
        { Standing: ContractStanding.NoticeGiven } => Accept(new ContractEvent.NoticeWithdrawn(now, withdrawal.By)),
        _ => Refuse(ContractRefusal.NoNotice),
    };

    private static ContractDecision OnSuspend(ContractRecord contract, ContractCommand.Suspend suspend, ContractMoment moment, Instant now)
    {
        if (moment.Standing is ContractStanding.Withdrawn or ContractStanding.Erased) return Refuse(ContractRefusal.Over);
        return contract.Suspension is null ? Accept(new ContractEvent.Suspended(new(now, suspend.By, suspend.Reason))) : ContractDecision.Nothing;
    }

    private static ContractDecision OnProposeAbuse(ContractRecord contract, ContractCommand.ProposeAbuse proposal, ContractMoment moment, Instant now)
    {
        if (WhyNotAbuse(moment) is { } refusal) return Refuse(refusal);
        if (LiveProposal(contract, now) is { } known) return known.By == proposal.By ? ContractDecision.Nothing : Refuse(ContractRefusal.ProposalStands);
        return Accept(new ContractEvent.AbuseProposed(new(now, proposal.By, proposal.Reason)));
    }

    private static ContractDecision OnJudgeAbuse(ContractRecord contract, ContractCommand.JudgeAbuse judgement, ContractMoment moment, Instant now)
    {
        if (WhyNotAbuse(moment) is { } refusal) return Refuse(refusal);
        if (LiveProposal(contract, now) is not { } proposal) return Refuse(ContractRefusal.NoProposal);
        if (!judgement.Confirmed) return Accept(new ContractEvent.AbuseRejected(now, judgement.By, judgement.Reason));
        return proposal.By == judgement.By
            ? Refuse(ContractRefusal.SamePerson)
            : Accept(new ContractEvent.AbuseConfirmed(new() { Cause = TerminationCause.Abuse, At = now, By = judgement.By, Reason = proposal.Reason }));
    }

    private static ContractDecision OnChangePrice(ContractRecord contract, ContractCommand.ChangePrice price, ContractMoment moment)
    {
        if (moment.IsOver) return Refuse(ContractRefusal.Over);
        var from = NextPeriod(contract, moment);
        return contract.PriceOf(from) == price.Cents ? ContractDecision.Nothing : Accept(new ContractEvent.PriceChanged(new(from, price.Cents)));
    }

    private static ContractDecision OnChangePolicy(ContractRecord contract, ContractPolicy policy, ContractMoment moment)
    {
        if (moment.IsOver) return Refuse(ContractRefusal.Over);
        var from = NextPeriod(contract, moment);
        if (contract.PolicyOf(from) == policy) return ContractDecision.Nothing;
        if (!policy.Zone.Equals(contract.FirstPolicy.Zone) || policy.TermMonths != contract.FirstPolicy.TermMonths) return Refuse(ContractRefusal.PolicyKeepsTerm);
        return contract.Policies.Any(known => known.Policy.Version == policy.Version && known.Policy != policy)
            ? Refuse(ContractRefusal.PolicyVersionUsed)
            : Accept(new ContractEvent.PolicyChanged(new(from, policy)));
    }

    private static ContractDecision OnSealMonth(ContractRecord contract, ContractCommand.SealMonth seal, Instant now)
    {
        if (ContractClock.Running(contract) is not { } running) return Refuse(ContractRefusal.MonthOutside);

        var month = CivilMonth.In(seal.Month, contract.FirstPolicy.Zone);
        if (now < month.End) return Refuse(ContractRefusal.MonthNotOver);

        var known = SealedMonthOf(contract, seal.Month);
        var policy = contract.PolicyOf(contract.Calendar.IndexAt(Instant.Max(month.Start, running.Start)));
        var availability = AvailabilityRule.Evaluate(seal.Month, running, seal.Outages, policy.Sla, policy.Zone);
        if (known is not null)
        {
            return known.Availability.DownSeconds == availability.DownSeconds ? ContractDecision.Nothing : Refuse(ContractRefusal.MonthSealed);
        }

        return availability.ActiveSeconds == 0
            ? Refuse(ContractRefusal.MonthOutside)
            : Accept(new ContractEvent.MonthSealed(now, new(availability, policy.Version, policy.Sla)));
    }

    private static ContractDecision OnCorrectMonth(ContractRecord contract, ContractCommand.CorrectMonth correction, ContractMoment moment, Instant now)
    {
        if (SealedMonthOf(contract, correction.Month) is not { } known) return Refuse(ContractRefusal.MonthNotSealed);
        if (moment.Standing == ContractStanding.Erased) return Refuse(ContractRefusal.Over);

        // Only by a clock that was set back.
        if (now < known.Availability.SealedAt) return Refuse(ContractRefusal.MonthNotOver);

        var running = ContractClock.Running(contract)!.Value;
        var owed = AvailabilityRule.Evaluate(correction.Month, running, correction.Outages, known.Sla, contract.FirstPolicy.Zone).CreditSeconds;
        var given = known.Availability.CreditSeconds + contract.Corrections.Where(c => c.Month == correction.Month).Sum(c => c.Seconds);
        return owed > given
            ? Accept(new ContractEvent.MonthCorrected(new(correction.Month, owed - given, now, correction.Reason)))
            : ContractDecision.Nothing;
    }

    private static ContractDecision OnRecordNotice(ContractRecord contract, GivenNotice notice, Instant now)
    {
        if (NoticeRoll.At(contract, now).All(duty => duty.Id != notice.Duty)) return Refuse(ContractRefusal.NoticeUnknown);
        if (notice.SentOn > now.InZone(contract.FirstPolicy.Zone).Date) return Refuse(ContractRefusal.NoticeInFuture);
        if (notice.SentOn < contract.OrderedAt.InZone(contract.FirstPolicy.Zone).Date) return Refuse(ContractRefusal.NoticeBeforeOrder);
        return contract.Notices.Any(known => (known.Duty, known.SentOn, known.Channel) == (notice.Duty, notice.SentOn, notice.Channel))
            ? ContractDecision.Nothing
            : Accept(new ContractEvent.NoticeRecorded(notice));
    }

    private static ContractDecision OnRecordRefund(ContractRecord contract, ContractCommand.RecordRefund refund, Instant now) => contract.Refund switch
    {
        { PaidAt: null } => Accept(new ContractEvent.RefundPaid(now, refund.Reference)),
        { } paid when paid.Reference == refund.Reference => ContractDecision.Nothing,
        _ => Refuse(ContractRefusal.NoRefund),
    };

    private static ContractDecision OnCertifyErasure(ContractRecord contract, ContractCommand.CertifyErasure erasure, ContractMoment moment, Instant now)
    {
        if (contract.Erasure is { } known) return known.CertificateSha256 == erasure.CertificateSha256 ? ContractDecision.Nothing : Refuse(ContractRefusal.Over);
        return moment.Standing == ContractStanding.ErasureDue
            ? Accept(new ContractEvent.Erased(new(now, erasure.By, erasure.CertificateSha256)))
            : Refuse(ContractRefusal.ErasureNotDue);
    }

    // In the order in which it fell due: renewals, then the end and what follows it. Notices last: they depend on today only.
    private static ContractDecision OnPassTime(ContractRecord contract, ContractMoment moment, Instant now)
    {
        var events = ImmutableArray.CreateBuilder<ContractEvent>();
        if (moment.Period is { } present)
        {
            var calendar = contract.Calendar;
            for (var index = contract.ToldPeriod + 1; index <= present.Index; index++)
            {
                var period = index == present.Index ? present : calendar.Period(index);
                events.Add(new ContractEvent.Renewed(index, period.Start, period.End, contract.PriceOf(index)));
            }

            AddStage(ContractStanding.Transition, moment.TransitionEndsAt is null ? null : moment.EndsAt);
            AddStage(ContractStanding.Retrieval, moment.TransitionEndsAt);
            AddStage(ContractStanding.ErasureDue, moment.ErasureDueAt);
        }

        events.AddRange(NoticeRoll.FallenDue(contract, now).Select(duty => new ContractEvent.NoticeFellDue(new(duty.Id, duty.DueOn))));
        return Accept(events.ToImmutable());

        void AddStage(ContractStanding stage, Instant? at)
        {
            if (at <= now && contract.ToldStage < stage) events.Add(new ContractEvent.StageBegan(stage, at.Value));
        }
    }

    private static ContractRefusal? WhyNotAbuse(ContractMoment moment) => moment switch
    {
        { IsOver: true } => ContractRefusal.Over,
        { Period: null } => ContractRefusal.NotPaid,
        _ => null,
    };

    private static AbuseProposal? LiveProposal(ContractRecord contract, Instant now) =>
        contract.Proposal is { } proposal && now < proposal.At + Duration.FromDays(contract.FirstPolicy.ProposalDays) ? proposal : null;

    // Never one whose beginning was told of already.
    private static int NextPeriod(ContractRecord contract, ContractMoment moment) => Math.Max(moment.Period?.Index ?? 0, contract.ToldPeriod) + 1;

    private static SealedMonth? SealedMonthOf(ContractRecord contract, YearMonth month) =>
        contract.Months.FirstOrDefault(known => known.Availability.Month == month);

    private static ContractDecision Accept(params ImmutableArray<ContractEvent> events) => ContractDecision.Accept(events);

    private static ContractDecision Refuse(ContractRefusal refusal) => ContractDecision.Refuse(refusal);
}
