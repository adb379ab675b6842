using System.Collections.Immutable;
using BackupOnline.Grains.Interfaces.Contracts;
using BackupOnline.Rules.Contracts;
using NodaTime;
using NodaTime.Text;
using Standing = BackupOnline.Grains.Interfaces.Contracts.ContractStanding;

namespace BackupOnline.Grains.Contracts;

/// <summary>A contract as front ends see it at an instant.</summary>
internal static class ContractViews
{
    public static ContractView View(string tenant, string contact, ContractRecord record, Instant now, long version)
    {
        var moment = ContractClock.At(record, now);
        var renews = moment is { Period: not null, EndsAt: null };
        var index = moment.Period?.Index ?? 0;
        return new()
        {
            Tenant = tenant,
            Standing = (Standing)moment.Standing,
            ClientClass = (ClientClass)record.Client,
            Contact = contact,
            OrderedAt = record.OrderedAt.ToDateTimeOffset(),
            FirstPaymentAt = record.FirstPaymentAt?.ToDateTimeOffset(),
            AnchorDate = record.FirstPaymentAt is null ? null : record.Calendar.AnchorDate.ToDateOnly(),
            Period = moment.Period is { } period ? Period(period, record.PriceOf(period.Index)) : null,
            RenewsOn = renews ? moment.Period!.EndDate.ToDateOnly() : null,
            LastDayForNotice = renews ? moment.Period!.EndDate.PlusDays(-1).ToDateOnly() : null,
            CreditSeconds = record.Credits.Sum(credit => credit.Seconds),
            Currency = record.Currency,
            NextPriceCents = record.PriceOf(index + 1),
            LiabilityCapCents = index == 0 ? null : record.PriceOf(index),
            DueCents = moment.DueCents,
            PaidCents = moment.PaidCents,
            MayLeaveAtOnce = moment is { MayLeaveAtOnce: true, IsOver: false },
            Termination = Termination(record, moment),
            AbuseProposal = Proposal(record, moment, now),
            Refund = Refund(record.Refund),
            Suspended = record.Suspension is not null,
            SuspendedSince = record.Suspension?.At.ToDateTimeOffset(),
            SuspensionReason = record.Suspension?.Reason,
            TransitionEndsAt = moment.TransitionEndsAt?.ToDateTimeOffset(),
            RetrievalEndsAt = moment.ErasureDueAt?.ToDateTimeOffset(),
            ErasedAt = record.Erasure?.At.ToDateTimeOffset(),
            ErasureCertificateSha256 = record.Erasure?.CertificateSha256,
            PolicyVersion = record.PolicyOf(Math.Max(index, 1)).Version,
            TimeZone = record.FirstPolicy.Zone.Id,
            Version = version,
        };
    }

    public static PaymentView Payment(ContractPayment payment) => new()
    {
        Reference = payment.Reference,
        AmountCents = payment.Cents,
        Currency = payment.Currency,
        PaidAt = payment.PaidAt.ToDateTimeOffset(),
        RecordedAt = payment.RecordedAt.ToDateTimeOffset(),
        Refused = payment.TurnedAway is not null,
        RefusalCode = payment.TurnedAway is { } why ? ContractWords.ToRefusal(why).Code : null,
    };

    public static CreditView Credit(ContractRecord record, SealedMonth month) => new()
    {
        Month = YearMonthPattern.Iso.Format(month.Availability.Month),
        SealedAt = month.Availability.SealedAt.ToDateTimeOffset(),
        ActiveSeconds = month.Availability.ActiveSeconds,
        DownSeconds = month.Availability.DownSeconds,
        CreditSeconds = month.Availability.CreditSeconds,
        CorrectionSeconds = record.Corrections.Where(correction => correction.Month == month.Availability.Month).Sum(correction => correction.Seconds),
        BelowCommitment = month.Availability.BelowCommitment,
        PolicyVersion = month.PolicyVersion,
    };

    public static ImmutableArray<NoticeView> Notices(ContractRecord record, string contact, Instant now)
    {
        var today = now.InZone(record.FirstPolicy.Zone).Date;
        return [.. NoticeRoll.At(record, now).Select(duty => Notice(duty, contact, today))];
    }

    private static NoticeView Notice(NoticeDuty duty, string contact, LocalDate today) => new()
    {
        Id = duty.Id,
        Kind = (NoticeKind)duty.Subject,
        Recipient = contact,
        DueOn = duty.DueOn.ToDateOnly(),
        Earliest = duty.Window.Earliest.ToDateOnly(),
        Latest = duty.Window.Latest.ToDateOnly(),
        SentOn = duty.Given?.SentOn.ToDateOnly(),
        Channel = duty.Given?.Channel,
        Reference = duty.Given?.Reference,
        Valid = duty.IsValid,
        Overdue = !duty.IsValid && today > duty.Window.Latest,
    };

    private static PeriodView Period(TermPeriod period, long cents) => new()
    {
        Index = period.Index,
        Start = period.Start.ToDateTimeOffset(),
        NominalEndDate = period.NominalEndDate.ToDateOnly(),
        End = period.End.ToDateTimeOffset(),
        EndDate = period.EndDate.ToDateOnly(),
        CreditSeconds = period.CreditSeconds,
        PriceCents = cents,
    };

    private static TerminationView? Termination(ContractRecord record, ContractMoment moment) => record.Termination is not { } termination ? null : new()
    {
        Kind = (TerminationKind)termination.Cause,
        AskedAt = termination.At.ToDateTimeOffset(),
        AskedBy = termination.By,
        Reason = termination.Reason,
        EndsAt = (moment.EndsAt ?? termination.At).ToDateTimeOffset(),
    };

    private static AbuseProposalView? Proposal(ContractRecord record, ContractMoment moment, Instant now)
    {
        if (record.Proposal is not { } proposal || moment.IsOver) return null;
        var lapses = proposal.At + Duration.FromDays(record.FirstPolicy.ProposalDays);
        return now >= lapses ? null : new()
        {
            ProposedBy = proposal.By,
            ProposedAt = proposal.At.ToDateTimeOffset(),
            LapsesAt = lapses.ToDateTimeOffset(),
            Reason = proposal.Reason,
        };
    }

    private static RefundView? Refund(ContractRefund? refund) => refund is null ? null : new()
    {
        AmountCents = refund.Cents,
        DueBy = refund.DueBy.ToDateTimeOffset(),
        PaidAt = refund.PaidAt?.ToDateTimeOffset(),
        Reference = refund.Reference,
    };
}
