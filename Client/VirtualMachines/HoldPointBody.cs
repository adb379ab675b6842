using BackupOnline.Client.Answers;

namespace BackupOnline.Client.VirtualMachines;

internal sealed record HoldPointBody : CheckedBody
{
    public required bool Held { get; init; }

    /// <summary>Goes into the tenant's log.</summary>
    [PlainText(1, 200)]
    public required string Reason { get; init; }
}
