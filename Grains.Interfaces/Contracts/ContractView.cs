namespace BackupOnline.Grains.Interfaces.Contracts;

/// <summary>A contract as front ends see it, at the instant of the question.</summary>
[GenerateSerializer, Immutable, Alias("bo.contract.view")]
public sealed record ContractView
{
    [Id(0)] public required string Tenant { get; init; }

    [Id(1)] public required ContractStanding Standing { get; init; }

    [Id(2)] public required ClientClass ClientClass { get; init; }

    /// <summary>Where notices go.</summary>
    [Id(3)] public required string Contact { get; init; }

    [Id(4)] public required DateTimeOffset OrderedAt { get; init; }

    /// <summary>The instant from which the contract is active.</summary>
    [Id(5)] public DateTimeOffset? FirstPaymentAt { get; init; }

    /// <summary>Civil date of the first payment: every boundary is counted from it.</summary>
    [Id(6)] public DateOnly? AnchorDate { get; init; }

    /// <summary>The present period, or the last one; null before the first payment.</summary>
    [Id(7)] public PeriodView? Period { get; init; }

    /// <summary>The day on which it renews tacitly; null when it does not.</summary>
    [Id(8)] public DateOnly? RenewsOn { get; init; }

    /// <summary>The last day on which a notice still prevents that renewal; null when there is nothing to prevent.</summary>
    [Id(9)] public DateOnly? LastDayForNotice { get; init; }

    /// <summary>Everything that was ever credited, in seconds.</summary>
    [Id(10)] public required long CreditSeconds { get; init; }

    [Id(11)] public required string Currency { get; init; }

    /// <summary>Price of the next period.</summary>
    [Id(12)] public required long NextPriceCents { get; init; }

    /// <summary>Article 9: the price of the present subscription period; null before the first payment.</summary>
    [Id(13)] public long? LiabilityCapCents { get; init; }

    /// <summary>Prices of all periods that have begun.</summary>
    [Id(14)] public required long DueCents { get; init; }

    [Id(15)] public required long PaidCents { get; init; }

    /// <summary>True for a protected client whose renewal was not validly announced.</summary>
    [Id(16)] public required bool MayLeaveAtOnce { get; init; }

    [Id(17)] public TerminationView? Termination { get; init; }

    [Id(18)] public AbuseProposalView? AbuseProposal { get; init; }

    [Id(19)] public RefundView? Refund { get; init; }

    [Id(20)] public required bool Suspended { get; init; }

    [Id(21)] public DateTimeOffset? SuspendedSince { get; init; }

    [Id(22)] public string? SuspensionReason { get; init; }

    [Id(23)] public DateTimeOffset? TransitionEndsAt { get; init; }

    /// <summary>From here on erasure is due.</summary>
    [Id(24)] public DateTimeOffset? RetrievalEndsAt { get; init; }

    [Id(25)] public DateTimeOffset? ErasedAt { get; init; }

    [Id(26)] public string? ErasureCertificateSha256 { get; init; }

    /// <summary>The policy of the present period.</summary>
    [Id(27)] public required string PolicyVersion { get; init; }

    [Id(28)] public required string TimeZone { get; init; }

    /// <summary>Grows with every recorded change; the door's ETag.</summary>
    [Id(29)] public required long Version { get; init; }
}
