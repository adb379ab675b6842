using BackupOnline.Grains.Interfaces.Replies;

namespace BackupOnline.Grains.Interfaces.Contracts;

/// <summary>A new price.</summary>
[GenerateSerializer, Immutable, Alias("bo.contract.change-price")]
public sealed record ChangePrice
{
    [Id(0)] public required Caller Caller { get; init; }

    /// <summary>Price of one period, in hundredths of the contract's currency; 1 or more.</summary>
    [Id(1)] public required long PriceCents { get; init; }
}
