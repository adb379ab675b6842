using System.ComponentModel.DataAnnotations;
using BackupOnline.Client.Answers;
using BackupOnline.Grains.Interfaces.Contracts;

namespace BackupOnline.Client.Contracts;

internal sealed record OrderContractBody : CheckedBody
{
    /// <summary>What the customer is in law: it decides which notices are owed.</summary>
    public required ClientClass ClientClass { get; init; }

    /// <summary>Price of a period of three months, in hundredths.</summary>
    [Cents]
    public required long PriceCents { get; init; }

    /// <summary>ISO 4217: EUR.</summary>
    [RegularExpression("^[A-Z]{3}$", ErrorMessage = "must be an ISO 4217 code of three capital letters, such as EUR.")]
    public required string Currency { get; init; }

    /// <summary>Where notices go: an e-mail address, or a postal one.</summary>
    [PlainText(3, 300)]
    public required string Contact { get; init; }
}
