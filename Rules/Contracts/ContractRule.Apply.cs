using NodaTime;

namespace BackupOnline.Rules.Contracts;

/// <summary>The life of one contract: what its events make of its state.</summary>
public static partial class ContractRule
{
    /// <summary>The state after an event. Reads no clock and refuses nothing: an event has happened.</summary>
    /// <param name="contract">The state before; null, a withdrawn or an erased one before <see cref="ContractEvent.Ordered"/>.</param>
    public static ContractRecord Apply(ContractRecord? contract, ContractEvent happened)
    {
        if (happened is ContractEvent.Ordered ordered)
        {
            return new()
            {
                OrderedAt = ordered.At,
                Client = ordered.Client,
                Currency = ordered.Currency,
                Prices = [new(1, ordered.Cents)],
                Policies = [new(1, ordered.Policy)],
            };
        }

        ArgumentNullException.ThrowIfNull(contract);
        return happened switch
        {
            ContractEvent.OrderWithdrawn withdrawn => contract with { WithdrawnAt = withdrawn.At },
            ContractEvent.PaymentRecorded recorded => contract with { Payments = contract.Payments.Add(recorded.Payment) },
            ContractEvent.Activated activated => contract with { FirstPaymentAt = activated.At, ToldPeriod = 1 },
            ContractEvent.Renewed renewed => contract with { ToldPeriod = renewed.Index },
            ContractEvent.NoticeTaken notice => contract with { Termination = notice.Termination },
            ContractEvent.NoticeWithdrawn => contract with { Termination = null },
            ContractEvent.LeftAtOnce left => contract with { Termination = left.Termination, Refund = left.Refund },
            ContractEvent.Suspended suspended => contract with { Suspension = suspended.Suspension },
            ContractEvent.Resumed => contract with { Suspension = null },
            ContractEvent.AbuseProposed proposed => contract with { Proposal = proposed.Proposal },
            ContractEvent.AbuseRejected => contract with { Proposal = null },
            ContractEvent.AbuseConfirmed confirmed => contract with { Termination = confirmed.Termination, Proposal = null },
            ContractEvent.PriceChanged changed =>
                contract with { Prices = [.. contract.Prices.Where(price => price.Period < changed.Price.Period), changed.Price] },
            ContractEvent.PolicyChanged changed =>
                contract with { Policies = [.. contract.Policies.Where(policy => policy.Period < changed.Policy.Period), changed.Policy] },
            ContractEvent.MonthSealed month => Reopened(contract with { Months = contract.Months.Add(month.Month) }, month.At),
            ContractEvent.MonthCorrected corrected =>
                Reopened(contract with { Corrections = contract.Corrections.Add(corrected.Correction) }, corrected.Correction.At),
            ContractEvent.NoticeFellDue due => contract with { ToldNotices = contract.ToldNotices.Add(due.Notice) },
            ContractEvent.NoticeRecorded recorded => contract with { Notices = contract.Notices.Add(recorded.Notice) },
            ContractEvent.StageBegan began => contract with { ToldStage = began.Stage },
            ContractEvent.RefundPaid paid => contract with { Refund = contract.Refund! with { PaidAt = paid.At, Reference = paid.Reference } },
            _ => contract with { Erasure = ((ContractEvent.Erased)happened).Erasure },
        };
    }

    // A credit that is told after the end that it moves takes back what was told of that end: it will be told again in its time.
    private static ContractRecord Reopened(ContractRecord contract, Instant at)
    {
        var moment = ContractClock.At(contract, at);
        return contract with
        {
            ToldPeriod = Math.Min(contract.ToldPeriod, moment.Period!.Index),
            ToldStage = moment.IsOver ? (ContractStanding)Math.Min((int)contract.ToldStage, (int)moment.Standing) : ContractStanding.Ordered,
        };
    }
}
