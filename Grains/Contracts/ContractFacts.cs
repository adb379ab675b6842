using BackupOnline.Rules.Contracts;
using NodaTime.Text;

namespace BackupOnline.Grains.Contracts;

/// <summary>What the tenant's log says of a contract's events.</summary>
internal static class ContractFacts
{
    public static (string Event, (string Name, object? Value)[] Details) Of(ContractEvent happened) => happened switch
    {
        ContractEvent.Ordered e => ("contract.ordered",
            [("client", Word(e.Client)), ("priceCents", e.Cents), ("currency", e.Currency), ("policy", e.Policy.Version), ("zone", e.Policy.Zone.Id)]),
        ContractEvent.OrderWithdrawn e => ("contract.order-withdrawn", [("reason", e.Reason)]),
        ContractEvent.PaymentRecorded { Payment: var p } => (p.TurnedAway is null ? "contract.paid" : "contract.payment-refused",
        [
            ("reference", p.Reference), ("amountCents", p.Cents), ("currency", p.Currency), ("paidAt", InstantPattern.ExtendedIso.Format(p.PaidAt)),
            ("cause", p.TurnedAway is { } why ? ContractWords.ToRefusal(why).Code : null),
        ]),
        ContractEvent.Activated e => ("contract.activated", [("from", InstantPattern.ExtendedIso.Format(e.At))]),
        ContractEvent.Renewed e => ("contract.renewed",
            [("period", e.Index), ("from", InstantPattern.ExtendedIso.Format(e.At)), ("to", InstantPattern.ExtendedIso.Format(e.End)), ("priceCents", e.Cents)]),
        ContractEvent.NoticeTaken e => ("contract.notice-given", [("reason", e.Termination.Reason)]),
        ContractEvent.NoticeWithdrawn => ("contract.notice-withdrawn", []),
        ContractEvent.LeftAtOnce e => ("contract.left-at-once",
            [("reason", e.Termination.Reason), ("unusedCents", e.Termination.UnusedCents), ("refundCents", e.Refund?.Cents ?? 0)]),
        ContractEvent.Suspended e => ("contract.suspended", [("reason", e.Suspension.Reason)]),
        ContractEvent.Resumed e => ("contract.resumed", [("reason", e.Reason)]),
        ContractEvent.AbuseProposed e => ("contract.abuse-proposed", [("reason", e.Proposal.Reason)]),
        ContractEvent.AbuseRejected e => ("contract.abuse-rejected", [("reason", e.Reason)]),
        ContractEvent.AbuseConfirmed e => ("contract.ended-for-abuse", [("reason", e.Termination.Reason)]),
        ContractEvent.PriceChanged e => ("contract.price-changed", [("fromPeriod", e.Price.Period), ("priceCents", e.Price.Cents)]),
        ContractEvent.PolicyChanged e => ("contract.policy-changed", [("fromPeriod", e.Policy.Period), ("policy", e.Policy.Policy.Version)]),
        ContractEvent.MonthSealed { Month: var m } => ("contract.month-sealed",
        [
            ("month", YearMonthPattern.Iso.Format(m.Availability.Month)), ("activeSeconds", m.Availability.ActiveSeconds), ("downSeconds", m.Availability.DownSeconds),
            ("creditSeconds", m.Availability.CreditSeconds), ("belowCommitment", m.Availability.BelowCommitment), ("policy", m.PolicyVersion),
        ]),
        ContractEvent.MonthCorrected { Correction: var c } => ("contract.month-corrected",
            [("month", YearMonthPattern.Iso.Format(c.Month)), ("creditSeconds", c.Seconds), ("reason", c.Reason)]),
        ContractEvent.NoticeFellDue e => ("contract.notice-due", [("notice", e.Notice.Duty), ("dueOn", LocalDatePattern.Iso.Format(e.Notice.DueOn))]),
        ContractEvent.NoticeRecorded e => ("contract.notice-sent",
            [("notice", e.Notice.Duty), ("sentOn", LocalDatePattern.Iso.Format(e.Notice.SentOn)), ("channel", e.Notice.Channel), ("reference", e.Notice.Reference)]),
        ContractEvent.StageBegan e => (StageWord(e.Stage), [("from", InstantPattern.ExtendedIso.Format(e.At))]),
        ContractEvent.RefundPaid e => ("contract.refund-paid", [("reference", e.Reference)]),
        ContractEvent.Erased e => ("contract.erased", [("certificateSha256", e.Erasure.CertificateSha256)]),
        _ => throw new ArgumentOutOfRangeException(nameof(happened), happened, "Not an event of a contract."),
    };

    /// <summary>True for what happens because time passes: nobody asked for it.</summary>
    public static bool IsOfTime(ContractEvent happened) => happened is ContractEvent.Renewed or ContractEvent.NoticeFellDue or ContractEvent.StageBegan;

    private static string StageWord(ContractStanding stage) => stage switch
    {
        ContractStanding.Transition => "contract.ended",
        ContractStanding.Retrieval => "contract.transition-ended",
        _ => "contract.erasure-due",
    };

    private static string Word(ContractClient client) => client switch
    {
        ContractClient.Consumer => "consumer",
        ContractClient.NonProfessional => "nonProfessional",
        _ => "professional",
    };
}
