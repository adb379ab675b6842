using BackupOnline.Client.Answers;
using BackupOnline.Grains.Interfaces.Access;

namespace BackupOnline.Client.Access;

internal sealed record IssueKeyBody : CheckedBody
{
    /// <summary>A customer's keys are reader or manager; the provider's are operator.</summary>
    public required AccessRole Role { get; init; }

    [PlainText(0, 100)]
    public string Label { get; init; } = "";
}
