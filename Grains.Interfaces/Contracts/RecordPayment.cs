using BackupOnline.Grains.Interfaces.Replies;

namespace BackupOnline.Grains.Interfaces.Contracts;

/// <summary>A payment that the payment provider has taken.</summary>
[GenerateSerializer, Immutable, Alias("bo.contract.pay")]
public sealed record RecordPayment
{
    [Id(0)] public required Caller Caller { get; init; }

    /// <summary>The payment provider's own reference; 1 to 100 characters. The same payment always bears the same one.</summary>
    [Id(1)] public required string Reference { get; init; }

    /// <summary>In hundredths of the currency; 1 or more.</summary>
    [Id(2)] public required long AmountCents { get; init; }

    /// <summary>ISO 4217, three capital letters.</summary>
    [Id(3)] public required string Currency { get; init; }

    /// <summary>When it was paid, by the payment provider's word. The very instant of the first payment starts the term.</summary>
    [Id(4)] public required DateTimeOffset PaidAt { get; init; }
}
