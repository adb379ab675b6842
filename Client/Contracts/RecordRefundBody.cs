using BackupOnline.Client.Answers;

namespace BackupOnline.Client.Contracts;

internal sealed record RecordRefundBody : CheckedBody
{
    /// <summary>The payment service's reference.</summary>
    [PlainText(1, 100)]
    public required string Reference { get; init; }
}
