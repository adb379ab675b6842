using BackupOnline.Grains.Interfaces.Replies;
using BackupOnline.Grains.Requests;
using BackupOnline.Rules.Contracts;

namespace BackupOnline.Grains.Contracts;

/// <summary>The rule's reasons in words: for refused callers.</summary>
internal static class ContractWords
{
    public static Refusal ToRefusal(ContractRefusal refusal) => refusal switch
    {
        ContractRefusal.AlreadyOrdered => Refusal.Conflict("contract-exists", "This tenant has a contract already. One tenant has one contract."),
        ContractRefusal.Over => Refusal.Conflict("contract-over", "This contract is over. Nothing can be added to it; a payment has to be sent back."),
        ContractRefusal.NotPaid => Refusal.Conflict("contract-not-paid", "The first payment has not come yet. An order without a payment is simply withdrawn."),
        ContractRefusal.PaymentDiffers => Refusal.Conflict("payment-differs", "This reference names a payment of another amount or currency. Give each payment its own reference."),
        ContractRefusal.CurrencyDiffers => Refusal.Conflict("currency-differs", "The contract is in another currency. The payment counts for nothing and has to be sent back."),
        ContractRefusal.PaymentInFuture => Refusal.Invalid("payment-in-future", "The payment's instant lies in the future. Check the clock of whoever sent it."),
        ContractRefusal.PaymentBeforeOrder => Refusal.Invalid("payment-before-order", "The payment's instant lies before the order. Check which contract it is for."),
        ContractRefusal.MayNotLeaveAtOnce => Refusal.Conflict(
            "may-not-leave-at-once", "Leaving at once is open to a consumer or non-professional whose renewal was not announced in time. Give notice for the end of the period."),
        ContractRefusal.NoNotice => Refusal.Conflict("no-notice", "No notice was given; there is nothing to withdraw."),
        ContractRefusal.ProposalStands => Refusal.Conflict("proposal-stands", "Somebody else has proposed this already. Confirm or reject that proposal."),
        ContractRefusal.NoProposal => Refusal.Conflict("no-proposal", "There is no proposal to judge, or it has lapsed. Propose first."),
        ContractRefusal.SamePerson => Refusal.Forbidden("same-person", "Ending for abuse takes two persons. Let somebody else confirm."),
        ContractRefusal.MonthNotOver => Refusal.Conflict("month-not-over", "This month has not ended in the contract's zone. Seal it when it has."),
        ContractRefusal.MonthOutside => Refusal.Conflict("month-outside-contract", "The contract did not run in this month. There is nothing to seal."),
        ContractRefusal.MonthSealed => Refusal.Conflict("month-sealed", "This month is sealed with another downtime. Send a correction."),
        ContractRefusal.MonthNotSealed => Refusal.Conflict("month-not-sealed", "This month is not sealed yet. Seal it; there is nothing to correct."),
        ContractRefusal.NoticeUnknown => Refusal.NotFound("notice-not-found", "There is no such notice to give. Check the list of notices."),
        ContractRefusal.NoticeInFuture => Refusal.Invalid("notice-in-future", "A notice cannot have been sent in the future. Give the day on which it was sent."),
        ContractRefusal.NoticeBeforeOrder => Refusal.Invalid("notice-before-order", "A notice cannot have been sent before the contract was ordered. Give the day on which it was sent."),
        ContractRefusal.NoRefund => Refusal.Conflict("no-refund", "No refund is owed, or it was paid out under another reference."),
        ContractRefusal.ErasureNotDue => Refusal.Conflict("erasure-not-due", "The customer may still fetch its data. Certify the erasure after the retrieval has ended."),
        ContractRefusal.PolicyKeepsTerm => Refusal.Invalid("policy-keeps-term", "Zone and length of a term hold for the whole contract."),
        ContractRefusal.PolicyVersionUsed => Refusal.Conflict("policy-version-used", "This version names other numbers already. Choose another name."),
        _ => Unknown.Contract,
    };
}
