namespace BackupOnline.Grains.Interfaces.Contracts;

/// <summary>One payment.</summary>
[GenerateSerializer, Immutable, Alias("bo.contract.payment")]
public sealed record PaymentView
{
    [Id(0)] public required string Reference { get; init; }

    [Id(1)] public required long AmountCents { get; init; }

    [Id(2)] public required string Currency { get; init; }

    [Id(3)] public required DateTimeOffset PaidAt { get; init; }

    [Id(4)] public required DateTimeOffset RecordedAt { get; init; }

    /// <summary>True when it came for a contract that is over, or in another currency: it counts for nothing, and has to be sent back.</summary>
    [Id(5)] public required bool Refused { get; init; }

    [Id(6)] public string? RefusalCode { get; init; }
}
