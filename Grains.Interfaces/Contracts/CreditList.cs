using System.Collections.Immutable;

namespace BackupOnline.Grains.Interfaces.Contracts;

/// <summary>In order of months.</summary>
[GenerateSerializer, Immutable, Alias("bo.contract.credits")]
public sealed record CreditList
{
    [Id(0)] public required ImmutableArray<CreditView> Items { get; init; }
}
