using System.Collections.Immutable;

namespace BackupOnline.Grains.Interfaces.Contracts;

/// <summary>Oldest first.</summary>
[GenerateSerializer, Immutable, Alias("bo.contract.payments")]
public sealed record PaymentList
{
    [Id(0)] public required ImmutableArray<PaymentView> Items { get; init; }
}
