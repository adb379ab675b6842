using BackupOnline.Client.Answers;

namespace BackupOnline.Client.VirtualMachines;

internal sealed record ExcludeDiskBody : CheckedBody
{
    [PlainText(1, 200)]
    public required string Disk { get; init; }

    public required bool Excluded { get; init; }
}
