namespace BackupOnline.Grains.Interfaces.Contracts;

/// <summary>What the provider owes back.</summary>
[GenerateSerializer, Immutable, Alias("bo.contract.refund")]
public sealed record RefundView
{
    [Id(0)] public required long AmountCents { get; init; }

    [Id(1)] public required DateTimeOffset DueBy { get; init; }

    [Id(2)] public DateTimeOffset? PaidAt { get; init; }

    [Id(3)] public string? Reference { get; init; }
}
