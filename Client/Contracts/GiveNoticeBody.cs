using BackupOnline.Client.Answers;

namespace BackupOnline.Client.Contracts;

internal sealed record GiveNoticeBody : CheckedBody
{
    /// <summary>True to leave at once, where the law gives that right; otherwise the contract ends with its period.</summary>
    public bool AtOnce { get; init; }

    [PlainText(0, 500)]
    public string Reason { get; init; } = "";
}
