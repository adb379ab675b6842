using NodaTime;

namespace BackupOnline.Rules.Contracts;

/// <summary>What happened to a contract. The set is closed; together with the state before, an event gives the state after, without a clock.</summary>
public abstract record ContractEvent
{
    private ContractEvent()
    {
    }

    public sealed record Ordered(Instant At, ContractClient Client, string Currency, long Cents, ContractPolicy Policy) : ContractEvent;

    public sealed record OrderWithdrawn(Instant At, string By, string Reason) : ContractEvent;

    public sealed record PaymentRecorded(ContractPayment Payment) : ContractEvent;

    /// <summary>The first payment started the term, in its very instant.</summary>
    public sealed record Activated(Instant At) : ContractEvent;

    /// <summary>Period <paramref name="Index"/> began at <paramref name="At"/>, by tacit renewal.</summary>
    public sealed record Renewed(int Index, Instant At, Instant End, long Cents) : ContractEvent;

    public sealed record NoticeTaken(ContractTermination Termination) : ContractEvent;

    public sealed record NoticeWithdrawn(Instant At, string By) : ContractEvent;

    public sealed record LeftAtOnce(ContractTermination Termination, ContractRefund? Refund) : ContractEvent;

    public sealed record Suspended(ContractSuspension Suspension) : ContractEvent;

    public sealed record Resumed(Instant At, string By, string Reason) : ContractEvent;

    public sealed record AbuseProposed(AbuseProposal Proposal) : ContractEvent;

    public sealed record AbuseRejected(Instant At, string By, string Reason) : ContractEvent;

    public sealed record AbuseConfirmed(ContractTermination Termination) : ContractEvent;

    public sealed record PriceChanged(PriceFrom Price) : ContractEvent;

    public sealed record PolicyChanged(PolicyFrom Policy) : ContractEvent;

    public sealed record MonthSealed(Instant At, SealedMonth Month) : ContractEvent;

    public sealed record MonthCorrected(MonthCorrection Correction) : ContractEvent;

    /// <summary>It should go out on this day.</summary>
    public sealed record NoticeFellDue(NoticeToken Notice) : ContractEvent;

    public sealed record NoticeRecorded(GivenNotice Notice) : ContractEvent;

    /// <summary>The contract no longer runs (<see cref="ContractStanding.Transition"/>, or after abuse <see cref="ContractStanding.ErasureDue"/>), or a stage after that began.</summary>
    public sealed record StageBegan(ContractStanding Stage, Instant At) : ContractEvent;

    public sealed record RefundPaid(Instant At, string Reference) : ContractEvent;

    public sealed record Erased(ContractErasure Erasure) : ContractEvent;
}
