using BackupOnline.Grains.Interfaces.Replies;

namespace BackupOnline.Grains.Interfaces.Contracts;

/// <summary>An order (articles 1 and 2).</summary>
[GenerateSerializer, Immutable, Alias("bo.contract.order")]
public sealed record OrderContract
{
    [Id(0)] public required Caller Caller { get; init; }

    [Id(1)] public required ClientClass ClientClass { get; init; }

    /// <summary>Price of one period of three months, in hundredths of the currency; 1 or more.</summary>
    [Id(2)] public required long PriceCents { get; init; }

    /// <summary>ISO 4217, three capital letters.</summary>
    [Id(3)] public required string Currency { get; init; }

    /// <summary>Where notices go: an e-mail address or a postal one; 3 to 300 characters.</summary>
    [Id(4)] public required string Contact { get; init; }
}
