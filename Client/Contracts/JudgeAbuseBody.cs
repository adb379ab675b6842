using BackupOnline.Client.Answers;

namespace BackupOnline.Client.Contracts;

internal sealed record JudgeAbuseBody : CheckedBody
{
    /// <summary>True ends the contract at once; false drops the proposal.</summary>
    public required bool Confirmed { get; init; }

    /// <summary>Goes into the tenant's log.</summary>
    [PlainText(1, 500)]
    public required string Reason { get; init; }
}
