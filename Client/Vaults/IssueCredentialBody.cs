using BackupOnline.Client.Answers;
using BackupOnline.Grains.Interfaces.Vaults;

namespace BackupOnline.Client.Vaults;

internal sealed record IssueCredentialBody : CheckedBody
{
    /// <summary>What the credential may do on the shelf.</summary>
    public required CredentialScope Scope { get; init; }

    [PlainText(0, 100)]
    public string Label { get; init; } = "";
}
