using BackupOnline.Grains.Interfaces.Replies;

namespace BackupOnline.Grains.Interfaces.Contracts;

/// <summary>A refund was paid out.</summary>
[GenerateSerializer, Immutable, Alias("bo.contract.record-refund")]
public sealed record RecordRefund
{
    [Id(0)] public required Caller Caller { get; init; }

    /// <summary>The payment provider's reference; 1 to 100 characters.</summary>
    [Id(1)] public required string Reference { get; init; }
}
