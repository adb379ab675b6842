using BackupOnline.Client.Answers;

namespace BackupOnline.Client.Hosts;

internal sealed record InviteHostBody : CheckedBody
{
    [Name]
    public required string Name { get; init; }

    /// <summary>The vault that the host's append credential will be for.</summary>
    [Name]
    public required string Vault { get; init; }
}
