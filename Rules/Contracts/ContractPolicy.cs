using BackupOnline.Rules.Availability;
using NodaTime;

namespace BackupOnline.Rules.Contracts;

/// <summary>
/// The numbers of <see cref="ContractRule"/>, as one versioned value. A contract keeps the zone and the length of a term with which it was ordered; everything
/// else may change, from the next period on.
/// </summary>
public sealed record ContractPolicy
{
    public static ContractPolicy Default { get; } = new();

    /// <summary>Names these numbers in views and in the log.</summary>
    public string Version { get; init; } = "2026-1";

    /// <summary>The zone of all civil dates; default Europe/Paris.</summary>
    public DateTimeZone Zone { get; init; } = DateTimeZoneProviders.Tzdb["Europe/Paris"];

    /// <summary>Calendar months of a term; 3 by article 4.</summary>
    public int TermMonths { get; init; } = 3;

    public SlaPolicy Sla { get; init; } = SlaPolicy.Default;

    /// <summary>A renewal notice is valid from this many calendar months before the end, inclusive; default 3, as the law has it.</summary>
    public int NoticeEarliestMonths { get; init; } = 3;

    /// <summary>A renewal notice is valid until this many calendar months before the end, inclusive; default 1, as the law has it.</summary>
    public int NoticeLatestMonths { get; init; } = 1;

    /// <summary>A renewal notice should go out this many days before its last valid day; default 14. Early enough to be repeated, late enough not to be overtaken by credits.</summary>
    public int NoticeLeadDays { get; init; } = 14;

    /// <summary>A receipt, or a certificate, should go out within this many days; default 1.</summary>
    public int ReceiptDays { get; init; } = 1;

    /// <summary>The longest transition after the end, in days of 24 h; default and most 30 (EU Data Act, article 25). Cut to a local midnight.</summary>
    public int TransitionDays { get; init; } = 30;

    /// <summary>The shortest retrieval after the transition, in days of 24 h; default and least 30 (EU Data Act, article 25). Filled up to a local midnight.</summary>
    public int RetrievalDays { get; init; } = 30;

    /// <summary>The customer is warned this many days before erasure falls due; default 14.</summary>
    public int ErasureWarningDays { get; init; } = 14;

    /// <summary>A refund is due within this many days of 24 h; default 30, as the law has it.</summary>
    public int RefundDays { get; init; } = 30;

    /// <summary>A proposal to end for abuse can be confirmed for this many days of 24 h; default 7.</summary>
    public int ProposalDays { get; init; } = 7;

    /// <summary>How far the clocks of the provider's payment service and ours may lie apart; default 5 minutes.</summary>
    public Duration ClockTolerance { get; init; } = Duration.FromMinutes(5);
}
