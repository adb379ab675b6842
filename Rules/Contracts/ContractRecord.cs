using System.Collections.Immutable;
using NodaTime;

namespace BackupOnline.Rules.Contracts;

/// <summary>State of one contract: what <see cref="ContractRule.Apply"/> makes of its events. Where it stands at an instant is <see cref="ContractClock.At"/>.</summary>
public sealed record ContractRecord
{
    public required Instant OrderedAt { get; init; }

    public required ContractClient Client { get; init; }

    /// <summary>ISO 4217.</summary>
    public required string Currency { get; init; }

    /// <summary>Ascending by period; the first is that of period 1.</summary>
    public required ImmutableArray<PriceFrom> Prices { get; init; }

    /// <summary>Ascending by period; the first is that of period 1, and its zone and length of a term hold for ever.</summary>
    public required ImmutableArray<PolicyFrom> Policies { get; init; }

    public Instant? WithdrawnAt { get; init; }

    /// <summary>The anchor of everything. It never moves, whatever payment comes later.</summary>
    public Instant? FirstPaymentAt { get; init; }

    /// <summary>In the order in which they were recorded.</summary>
    public ImmutableArray<ContractPayment> Payments { get; init; } = [];

    public ImmutableArray<SealedMonth> Months { get; init; } = [];

    public ImmutableArray<MonthCorrection> Corrections { get; init; } = [];

    public ImmutableArray<GivenNotice> Notices { get; init; } = [];

    public ContractTermination? Termination { get; init; }

    public AbuseProposal? Proposal { get; init; }

    public ContractSuspension? Suspension { get; init; }

    public ContractRefund? Refund { get; init; }

    public ContractErasure? Erasure { get; init; }

    /// <summary>The latest period whose beginning was told of; 0 before the first payment.</summary>
    public int ToldPeriod { get; init; }

    /// <summary>The latest stage after the end that was told of, or <see cref="ContractStanding.Ordered"/>.</summary>
    public ContractStanding ToldStage { get; init; }

    public ImmutableArray<NoticeToken> ToldNotices { get; init; } = [];

    public bool IsProtected => Client != ContractClient.Professional;

    /// <summary>The zone and the length of a term of the whole contract.</summary>
    public ContractPolicy FirstPolicy => Policies[0].Policy;

    /// <summary>Everything that extends the term.</summary>
    public IEnumerable<TermCredit> Credits =>
    [
        .. Months.Where(month => month.Availability.CreditSeconds > 0)
            .Select(month => new TermCredit(month.Availability.Month, month.Availability.CreditSeconds, month.Availability.SealedAt)),
        .. Corrections.Select(correction => new TermCredit(correction.Month, correction.Seconds, correction.At)),
    ];

    /// <summary>The calendar of a contract that was paid.</summary>
    public TermCalendar Calendar => new(FirstPaymentAt!.Value, FirstPolicy, Credits);

    /// <summary>The price of period <paramref name="index"/>, 1 or more.</summary>
    public long PriceOf(int index) => Prices.Last(price => price.Period <= index).Cents;

    /// <summary>The numbers of period <paramref name="index"/>, 1 or more.</summary>
    public ContractPolicy PolicyOf(int index) => Policies.Last(policy => policy.Period <= index).Policy;
}
