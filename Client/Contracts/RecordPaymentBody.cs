using System.ComponentModel.DataAnnotations;
using BackupOnline.Client.Answers;

namespace BackupOnline.Client.Contracts;

/// <summary>A payment, typed in by an operator or told by the payment service.</summary>
internal sealed record RecordPaymentBody : CheckedBody
{
    /// <summary>The payment service's own reference: it makes the payment one, however often it is told.</summary>
    [PlainText(1, 100)]
    public required string Reference { get; init; }

    [Cents]
    public required long AmountCents { get; init; }

    /// <summary>ISO 4217: EUR.</summary>
    [RegularExpression("^[A-Z]{3}$", ErrorMessage = "must be an ISO 4217 code of three capital letters, such as EUR.")]
    public required string Currency { get; init; }

    /// <summary>The very instant of the first payment starts the term.</summary>
    public required DateTimeOffset PaidAt { get; init; }
}
