using BackupOnline.Client.Answers;
using BackupOnline.Grains.Interfaces.Jobs;

namespace BackupOnline.Client.Hosts;

internal sealed record OpenJobBody : CheckedBody
{
    public required JobKind Kind { get; init; }

    [Name]
    public required string Vault { get; init; }
}
