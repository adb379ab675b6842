using BackupOnline.Client.Answers;

namespace BackupOnline.Client.Contracts;

internal sealed record SuspendContractBody : CheckedBody
{
    /// <summary>True suspends, false resumes.</summary>
    public required bool Suspended { get; init; }

    /// <summary>Goes into the tenant's log.</summary>
    [PlainText(1, 500)]
    public required string Reason { get; init; }
}
