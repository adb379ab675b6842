using BackupOnline.Grains.Interfaces.Replies;
using Orleans.Concurrency;

namespace BackupOnline.Grains.Interfaces.Contracts;

/// <summary>A tenant's contract: order, payments, term, renewals, notices, credits, end. Key: <see cref="Names.ContractKey"/>. Articles 1, 2, 4, 5, 6 and 9.</summary>
[Alias("bo.contract")]
public interface IContractGrain : IGrainWithStringKey
{
    /// <summary>Orders the contract; the term starts with the first payment. Refused until both documents of articles 1 and 2 are accepted.</summary>
    [Alias("order")]
    Task<Reply<ContractView>> OrderAsync(OrderContract request, CancellationToken cancellation);

    /// <summary>The contract as it stands at this instant, whatever firing has come or not.</summary>
    [AlwaysInterleave]
    [Alias("read")]
    Task<Reply<ContractView>> ReadAsync(CancellationToken cancellation);

    /// <summary>Idempotent by the provider's reference. A payment for a contract that is over is refused, and recorded as refused.</summary>
    [Alias("pay")]
    Task<Reply<PaymentView>> RecordPaymentAsync(RecordPayment request, CancellationToken cancellation);

    [AlwaysInterleave]
    [Alias("payments")]
    Task<Reply<PaymentList>> PaymentsAsync(CancellationToken cancellation);

    /// <summary>Ends the contract with the present period, or at once where the law gives that right. An order that was never paid is withdrawn.</summary>
    [Alias("give-notice")]
    Task<Reply<ContractView>> GiveNoticeAsync(GiveNotice request, CancellationToken cancellation);

    /// <summary>Takes a notice back while the contract still runs.</summary>
    [Alias("withdraw-notice")]
    Task<Reply<ContractView>> WithdrawNoticeAsync(WithdrawNotice request, CancellationToken cancellation);

    /// <summary>Suspends or resumes: immediate, reversible, the term runs on. The tenant's service follows.</summary>
    [Alias("suspend")]
    Task<Reply<ContractView>> SuspendAsync(SuspendContract request, CancellationToken cancellation);

    /// <summary>The first of two persons proposes termination for abuse; nothing ends yet.</summary>
    [Alias("propose-abuse")]
    Task<Reply<ContractView>> ProposeAbuseTerminationAsync(ProposeAbuseTermination request, CancellationToken cancellation);

    /// <summary>The second person confirms or rejects. Confirmed: the contract ends at once, without refund.</summary>
    [Alias("judge-abuse")]
    Task<Reply<ContractView>> JudgeAbuseTerminationAsync(JudgeAbuseTermination request, CancellationToken cancellation);

    /// <summary>A new price from the next period on.</summary>
    [Alias("change-price")]
    Task<Reply<ContractView>> ChangePriceAsync(ChangePrice request, CancellationToken cancellation);

    /// <summary>
    /// The attributable outages of a month that has ended, whether there were any or not. Idempotent by month: a repetition with the same outages changes nothing,
    /// with others it is refused (<c>month-sealed</c>). A month in which the contract did not run: <c>month-outside-contract</c>.
    /// </summary>
    [Alias("seal-availability")]
    Task<Reply<CreditView>> SealAvailabilityAsync(SealAvailability request, CancellationToken cancellation);

    /// <summary>The corrected outages of a sealed month, all of them. What they credit above what the month was credited with is a separate credit; never less.</summary>
    [Alias("correct-availability")]
    Task<Reply<CreditView>> CorrectAvailabilityAsync(CorrectAvailability request, CancellationToken cancellation);

    [AlwaysInterleave]
    [Alias("credits")]
    Task<Reply<CreditList>> CreditsAsync(CancellationToken cancellation);

    /// <summary>What has to be told to the customer, when, and what was.</summary>
    [AlwaysInterleave]
    [Alias("notices")]
    Task<Reply<NoticeList>> NoticesAsync(CancellationToken cancellation);

    /// <summary>Records that a notice was given. Idempotent by notice, day and channel.</summary>
    [Alias("record-notice")]
    Task<Reply<NoticeView>> RecordNoticeAsync(RecordNotice request, CancellationToken cancellation);

    /// <summary>The refund that the contract owes was paid out.</summary>
    [Alias("record-refund")]
    Task<Reply<ContractView>> RecordRefundAsync(RecordRefund request, CancellationToken cancellation);

    /// <summary>The customer's data is erased, and this is the certificate. Refused before erasure is due.</summary>
    [Alias("certify-erasure")]
    Task<Reply<ContractView>> CertifyErasureAsync(CertifyErasure request, CancellationToken cancellation);
}
