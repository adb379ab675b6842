using System.ComponentModel.DataAnnotations;
using BackupOnline.Client.Answers;

namespace BackupOnline.Client.Contracts;

/// <summary>What the payment service tells, signed.</summary>
internal sealed record PaymentMessage : CheckedBody
{
    /// <summary>Whose contract is paid.</summary>
    [Name]
    public required string Tenant { get; init; }

    /// <summary>The payment service's own reference.</summary>
    [PlainText(1, 100)]
    public required string Reference { get; init; }

    [Cents]
    public required long AmountCents { get; init; }

    /// <summary>ISO 4217: EUR.</summary>
    [RegularExpression("^[A-Z]{3}$", ErrorMessage = "must be an ISO 4217 code of three capital letters, such as EUR.")]
    public required string Currency { get; init; }

    public required DateTimeOffset PaidAt { get; init; }
}
