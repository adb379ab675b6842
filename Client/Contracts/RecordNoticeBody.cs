using BackupOnline.Client.Answers;

namespace BackupOnline.Client.Contracts;

internal sealed record RecordNoticeBody : CheckedBody
{
    /// <summary>Civil day in the contract's zone on which it was sent.</summary>
    public required DateOnly SentOn { get; init; }

    /// <summary>How: email, post.</summary>
    [PlainText(1, 40)]
    public required string Channel { get; init; }

    /// <summary>What proves it: a message id, a registered letter's number.</summary>
    [PlainText(0, 200)]
    public string Reference { get; init; } = "";
}
