using BackupOnline.Client.Answers;

namespace BackupOnline.Client.Contracts;

internal sealed record ReasonBody : CheckedBody
{
    /// <summary>Goes into the tenant's log.</summary>
    [PlainText(1, 500)]
    public required string Reason { get; init; }
}
