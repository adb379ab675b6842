namespace BackupOnline.Rules.Contracts;

/// <summary>Why a command on a contract is refused.</summary>
public enum ContractRefusal
{
    /// <summary>There is no order.</summary>
    Unknown = 0,

    /// <summary>There is a contract already, and it is not erased or withdrawn.</summary>
    AlreadyOrdered = 1,

    /// <summary>The contract is over.</summary>
    Over = 2,

    /// <summary>The first payment has not come yet.</summary>
    NotPaid = 3,

    /// <summary>This reference names a payment of another amount or currency.</summary>
    PaymentDiffers = 4,

    /// <summary>The payment's currency is not the contract's.</summary>
    CurrencyDiffers = 5,

    /// <summary>The payment's instant lies in the future.</summary>
    PaymentInFuture = 6,

    /// <summary>The payment's instant lies before the order.</summary>
    PaymentBeforeOrder = 7,

    /// <summary>Leaving at once is the right of a protected client whose renewal was not validly announced; this one was, or there was none.</summary>
    MayNotLeaveAtOnce = 8,

    /// <summary>There is no notice to withdraw.</summary>
    NoNotice = 9,

    /// <summary>Somebody else has proposed it already.</summary>
    ProposalStands = 10,

    /// <summary>There is no proposal, or it has lapsed.</summary>
    NoProposal = 11,

    /// <summary>The second person must be another one.</summary>
    SamePerson = 12,

    /// <summary>The month has not ended yet.</summary>
    MonthNotOver = 13,

    /// <summary>The contract did not run in that month.</summary>
    MonthOutside = 14,

    /// <summary>The month is sealed, with another downtime.</summary>
    MonthSealed = 15,

    /// <summary>The month is not sealed yet.</summary>
    MonthNotSealed = 16,

    /// <summary>There is no such notice to give.</summary>
    NoticeUnknown = 17,

    /// <summary>A notice cannot have been sent in the future.</summary>
    NoticeInFuture = 18,

    /// <summary>No refund is owed.</summary>
    NoRefund = 19,

    /// <summary>The customer may still fetch its data.</summary>
    ErasureNotDue = 20,

    /// <summary>The zone and the length of a term hold for the whole contract.</summary>
    PolicyKeepsTerm = 21,

    /// <summary>This version names other numbers already.</summary>
    PolicyVersionUsed = 22,

    /// <summary>A notice cannot have been sent before the contract was ordered.</summary>
    NoticeBeforeOrder = 23,
}
