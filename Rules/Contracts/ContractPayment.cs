using NodaTime;

namespace BackupOnline.Rules.Contracts;

/// <summary>A payment, taken or turned away.</summary>
public sealed record ContractPayment
{
    /// <summary>The payment provider's reference: one payment, one reference.</summary>
    public required string Reference { get; init; }

    /// <summary>Hundredths of the currency, 1 or more.</summary>
    public required long Cents { get; init; }

    public required string Currency { get; init; }

    public required Instant PaidAt { get; init; }

    public required Instant RecordedAt { get; init; }

    /// <summary>Null when it was taken; otherwise why it counts for nothing and has to be sent back.</summary>
    public ContractRefusal? TurnedAway { get; init; }
}
